using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class StateMatchTests
{
    [TestCase("-m state --state NEW", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 state NEW", ExpectedResult = true)]
    [TestCase("-m state --state RELATED,ESTABLISHED", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 state NEW", ExpectedResult = false)]
    [TestCase("-m state ! --state NEW,ESTABLISHED", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 state INVALID", ExpectedResult = true)]
    [TestCase("-m state --state INVALID,NEW,RELATED,ESTABLISHED,UNTRACKED", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 state UNTRACKED", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m state --state UNTRACKED,NEW", "-m state --state NEW,UNTRACKED")]
    [TestCase("-m state ! --state est", "-m state ! --state ESTABLISHED")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m state --state [|NEW,SNAT|]", "IPT2016")]
    [TestCase("-m state --state [|wrong|]", "IPT2016")]
    [TestCase("-m [|state|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}

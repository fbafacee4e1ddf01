using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class TtlMatchTests
{
    [TestCase("-m ttl --ttl-eq 64", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m ttl ! --ttl-eq 64", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m ttl --ttl-lt 64", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m ttl --ttl-lt 65", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m ttl --ttl-gt 64", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m ttl --ttl-gt 63", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m ttl --ttl-lt 0", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m ttl --ttl-gt 255", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m ttl --ttl 64", "-m ttl --ttl-eq 64")]
    [TestCase("-m ttl ! --ttl-eq 5", "-m ttl ! --ttl-eq 5")]
    [TestCase("-m ttl --ttl-gt 5", "-m ttl --ttl-gt 5")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m ttl ! [|--ttl-gt|] 5", "IPT2051")]
    [TestCase("-m ttl --ttl-gt [|256|]", "IPT2011")]
    [TestCase("-m ttl --ttl-gt 5 [|--ttl-lt|] 3", "IPT2054")]
    [TestCase("-m [|ttl|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}

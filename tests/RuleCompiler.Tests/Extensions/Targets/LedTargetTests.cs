using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class LedTargetTests
{
    [TestCase("-A INPUT -j LED --led-trigger-id a", ExpectedResult = "Continue Other { Text = --led-trigger-id \"a\" }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j LED --led-trigger-id foo --led-always-blink --led-delay 42", "-A INPUT -j LED --led-trigger-id \"foo\" --led-delay 42 --led-always-blink")]
    [TestCase("-A INPUT -j LED --led-trigger-id foo --led-delay infinite", "-A INPUT -j LED --led-trigger-id \"foo\" --led-delay inf")]
    [TestCase("-A INPUT -j LED --led-trigger-id \"a'b\" --led-delay 0", "-A INPUT -j LED --led-trigger-id \"a'b\"")]
    [TestCase("-A INPUT -j LED --led-trigger-id \"a\\\"b\"", "-A INPUT -j LED --led-trigger-id \"a\\\"b\"")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j [|LED|]", "IPT2053")]
    [TestCase("-A INPUT -j LED --led-trigger-id [|12345678901234567|]", "IPT2019")]
    [TestCase("-A INPUT -j LED --led-trigger-id a --led-delay [|4294967296|]", "IPT2011")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}

using NUnit.Framework;
using RuleCompiler.Scenarios;

namespace RuleCompiler.Tests.Scenarios;

internal sealed class ScenarioTests
{
    [TestCase("the six flows stay", ExpectedResult = "the-six-flows-stay")]
    [TestCase("App -> DNS (UDP), port 53!", ExpectedResult = "app-dns-udp-port-53")]
    [TestCase("../../etc/passwd", ExpectedResult = "etc-passwd")]
    [TestCase("Größe", ExpectedResult = "größe")]
    [TestCase("->", ExpectedResult = "")]
    public string Kebab_case(string name) => Scenario.ToKebabCase(name);
}

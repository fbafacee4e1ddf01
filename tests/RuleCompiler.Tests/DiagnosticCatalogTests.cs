using NUnit.Framework;
using RuleCompiler.Linting;
using RuleCompiler.Packets;
using RuleCompiler.Tests.Linting;
using RuleCompiler.Tests.Markup;
using RuleCompiler.Text;

namespace RuleCompiler.Tests;

internal sealed class DiagnosticCatalogTests
{
    private static IEnumerable<string> Ids => DiagnosticCatalog.All.Select(descriptor => descriptor.Id);

    /// <summary>Those whose examples are dumps: of the syntax and of binding.</summary>
    private static IEnumerable<string> DumpIds => Ids.Where(id => id[3] is '1' or '2');

    /// <summary>Those of the linter's checks.</summary>
    private static IEnumerable<string> LintIds => Ids.Where(id => id[3] is '3' or '4');

    [Test]
    public void Is_in_order_and_names_each_once()
    {
        Assert.That(Ids, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
        Assert.That(Ids, Is.Unique);
    }

    [TestCaseSource(nameof(DumpIds))]
    public void Example_shows_the_diagnostic_and_no_other_error(string id) =>
        DiagnosticAssert.ReportsNoOtherError(DiagnosticCatalog.Find(id)?.Example ?? "", id);

    [TestCaseSource(nameof(DumpIds))]
    public void Corrected_example_shows_nothing(string id) =>
        DiagnosticAssert.ReportsNothing(DiagnosticCatalog.Find(id)?.Corrected ?? "");

    [TestCaseSource(nameof(LintIds))]
    public void Example_shows_the_finding(string id) =>
        FindingAssert.Reports(DiagnosticCatalog.Find(id)?.Example ?? "", id, OptionsOf(id));

    [TestCaseSource(nameof(LintIds))]
    public void Corrected_example_shows_no_finding_of_the_kind(string id) =>
        FindingAssert.ReportsNothing(DiagnosticCatalog.Find(id)?.Corrected ?? "", id, OptionsOf(id));

    /// <summary>The host that an example comes with.</summary>
    private static LintOptions? OptionsOf(string id) => DiagnosticCatalog.Find(id)?.ExampleHost is { } host
        ? new LintOptions { Host = HostFactsJson.Read(SourceText.From(host)).Facts }
        : null;

    [TestCase("ipt2001", ExpectedResult = "IPT2001")]
    [TestCase("IPT0000", ExpectedResult = null)]
    public string? Finds_whatever_the_case(string id) => DiagnosticCatalog.Find(id)?.Id;
}

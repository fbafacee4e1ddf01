using System.Collections.Immutable;
using System.Xml;
using RuleCompiler.Cli.Testing;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints a test run as JUnit XML.</summary>
internal sealed class TestJunitWriter(ImmutableArray<TestFile> files) : JunitWriter
{
    protected override void WriteSuites(XmlWriter xml)
    {
        foreach (var file in files)
        {
            WriteSuite(xml, file);
        }
    }

    private static void WriteSuite(XmlWriter xml, TestFile file)
    {
        var isNotRun = file.Environment is null;
        StartSuite(
            xml,
            file.Text.Path,
            tests: file.Results.Length + (isNotRun ? 1 : 0),
            failures: file.Count(TestStatus.Failed),
            errors: file.Count(TestStatus.Undecided) + (isNotRun ? 1 : 0));
        if (isNotRun)
        {
            WriteCase(
                xml, file.Text.Path, "(the file)", () => WriteMessage(xml, "error", "the file has errors", string.Join('\n', file.Diagnostics)));
        }
        foreach (var result in file.Results)
        {
            WriteCase(xml, file.Text.Path, result.Item.Name.Text, () => WriteOutcome(xml, result));
        }
        xml.WriteEndElement();
    }

    private static void WriteOutcome(XmlWriter xml, TestResult result)
    {
        if (result.Status == TestStatus.Undecided)
        {
            WriteMessage(xml, "error", "undecided", "");
        }
        foreach (var failure in result.Failures)
        {
            WriteMessage(xml, "failure", FailureText.Headline(failure), FailureText.Write(failure));
        }
    }
}

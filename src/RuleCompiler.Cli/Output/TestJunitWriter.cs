using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;
using RuleCompiler.Cli.Testing;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints a test run as JUnit XML, a suite a file: what CI servers read.</summary>
internal static class TestJunitWriter
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.None,
    };

    public static void Write(ResultOutput output, ImmutableArray<TestFile> files)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartElement("testsuites");
            foreach (var file in files)
            {
                WriteSuite(xml, file);
            }
            xml.WriteEndElement();
        }
        output.Buffer.Append(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        output.Buffer.Append((byte)'\n');
    }

    private static void WriteSuite(XmlWriter xml, TestFile file)
    {
        var isNotRun = file.Environment is null;
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", DisplayText.Escape(file.Text.Path));
        WriteNumber(xml, "tests", file.Results.Length + (isNotRun ? 1 : 0));
        WriteNumber(xml, "failures", file.Count(TestStatus.Failed));
        WriteNumber(xml, "errors", file.Count(TestStatus.Undecided) + (isNotRun ? 1 : 0));
        if (isNotRun)
        {
            WriteCase(xml, file, "(the file)", () => WriteMessage(xml, "error", "the file has errors", string.Join('\n', file.Diagnostics)));
        }
        foreach (var result in file.Results)
        {
            WriteCase(xml, file, result.Item.Name.Text, () => WriteOutcome(xml, result));
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

    private static void WriteCase(XmlWriter xml, TestFile file, string name, Action writeContent)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", DisplayText.Escape(file.Text.Path));
        xml.WriteAttributeString("name", DisplayText.Escape(name));
        writeContent();
        xml.WriteEndElement();
    }

    private static void WriteMessage(XmlWriter xml, string element, string message, string text)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("message", DisplayText.Escape(message));
        xml.WriteString(string.Join('\n', text.Split('\n').Select(DisplayText.Escape)));
        xml.WriteEndElement();
    }

    private static void WriteNumber(XmlWriter xml, string name, int value) =>
        xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));
}

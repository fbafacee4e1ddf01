using System.Globalization;
using System.Text;
using System.Xml;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints a result as JUnit XML, a suite a file: what CI servers read.</summary>
internal abstract class JunitWriter
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.None,
    };

    public void Write(ResultOutput output)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartElement("testsuites");
            WriteSuites(xml);
            xml.WriteEndElement();
        }
        output.Buffer.Append(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
        output.Buffer.Append((byte)'\n');
    }

    /// <summary>Writes a suite a file.</summary>
    protected abstract void WriteSuites(XmlWriter xml);

    /// <summary>Opens a suite; the caller writes its cases and closes it.</summary>
    protected static void StartSuite(XmlWriter xml, string path, int tests, int failures, int errors)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Escape(path));
        WriteNumber(xml, "tests", tests);
        WriteNumber(xml, "failures", failures);
        WriteNumber(xml, "errors", errors);
    }

    protected static void WriteCase(XmlWriter xml, string path, string name, Action writeContent)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Escape(path));
        xml.WriteAttributeString("name", Escape(name));
        writeContent();
        xml.WriteEndElement();
    }

    /// <param name="xml">Where to.</param>
    /// <param name="element"><c>failure</c> or <c>error</c>.</param>
    /// <param name="message">In one line.</param>
    /// <param name="text">The rest, perhaps of several lines.</param>
    protected static void WriteMessage(XmlWriter xml, string element, string message, string text)
    {
        xml.WriteStartElement(element);
        xml.WriteAttributeString("message", Escape(message));
        WriteLines(xml, text);
        xml.WriteEndElement();
    }

    /// <summary>Text that is told of a case that passed.</summary>
    protected static void WriteOutput(XmlWriter xml, string text)
    {
        xml.WriteStartElement("system-out");
        WriteLines(xml, text);
        xml.WriteEndElement();
    }

    private static void WriteLines(XmlWriter xml, string text) =>
        xml.WriteString(string.Join('\n', text.Split('\n').Select(Escape)));

    /// <summary>Safe to show, and of characters that XML has (XML 1.0, 2.2): all but these two are safe once displayed.</summary>
    private static string Escape(string text) => DisplayText.Escape(text).Replace('\uFFFE', '\uFFFD').Replace('\uFFFF', '\uFFFD');

    private static void WriteNumber(XmlWriter xml, string name, int value) =>
        xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));
}

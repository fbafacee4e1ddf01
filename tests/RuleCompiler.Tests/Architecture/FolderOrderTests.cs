using System.Text.RegularExpressions;
using NUnit.Framework;

namespace RuleCompiler.Tests.Architecture;

/// <summary>The library's layers are folders; each may use those before it only.</summary>
internal sealed partial class FolderOrderTests
{
    private const string Library = "src/RuleCompiler/";

    /// <summary>The order. A name that is no folder is a file at the top of the library.</summary>
    private static readonly string[] Layers =
    [
        "Text", "Diagnostics", "Netfilter", "CompilationOptions", "Packets", "Syntax", "Symbols", "DecisionTables",
        "Extensions", "Binding", "Lowering", "Compilation", "Evaluation", "PacketSpaces", "Diffing", "Flows",
        "Linting", "Formatting", "Scenarios", "DiagnosticCatalog",
    ];

    private static IEnumerable<string> SourceFiles => Repository.Files(Library, "*.cs");

    [Test]
    public void Every_file_is_in_a_layer() =>
        Assert.That(SourceFiles.Where(file => !Layers.Contains(LayerOf(file))), Is.Empty);

    [Test]
    public void A_layer_uses_only_those_before_it()
    {
        var violations =
            from file in SourceFiles
            let layer = LayerOf(file)
            from used in LayersUsedBy(Code(file))
            where Array.IndexOf(Layers, used) > Array.IndexOf(Layers, layer)
            select $"{file} uses {used}, which comes after {layer}";

        Assert.That(violations.Distinct(), Is.Empty);
    }

    [Test]
    public void Namespaces_are_folders()
    {
        var violations =
            from file in SourceFiles.Concat(Repository.Files("src/RuleCompiler.Cli", "*.cs"))
            let folder = file[(file.IndexOf('/', StringComparison.Ordinal) + 1)..file.LastIndexOf('/')]
            let declared = NamespaceDeclaration().Match(Code(file))
            where declared.Success && declared.Groups[1].Value != folder.Replace('/', '.')
            select $"{file} declares {declared.Groups[1].Value}";

        Assert.That(violations, Is.Empty);
    }

    [Test]
    public void Only_parsing_names_the_parser_generator()
    {
        var violations = SourceFiles.Where(file =>
            !file.Contains("/Parsing/", StringComparison.Ordinal) && AntlrName().IsMatch(Code(file)));

        Assert.That(violations, Is.Empty);
    }

    [TestCase("using RuleCompiler.Linting.Ordering;", ExpectedResult = "Linting")]
    [TestCase("var x = RuleCompiler.Flows.Role.App;", ExpectedResult = "Flows")]
    [TestCase("public Finding Find(Compilation compilation)", ExpectedResult = "Compilation")]
    [TestCase("/// <see cref=\"Compilation\"/> // RuleCompiler.Flows", ExpectedResult = "")]
    [TestCase("namespace RuleCompiler.Extensions.Matches;", ExpectedResult = "Extensions")]
    public string Sees_what_a_line_uses(string line) => string.Join(' ', LayersUsedBy(WithoutComments(line)));

    private static string LayerOf(string file)
    {
        var first = file[Library.Length..].Split('/')[0];
        return first.EndsWith(".cs", StringComparison.Ordinal) ? first[..^3] : first;
    }

    private static string Code(string file) => WithoutComments(File.ReadAllText(Repository.PathOf(file)));

    private static string WithoutComments(string code) => Comment().Replace(code, "");

    // Types at the top of the library are in the enclosing namespace of all others: seen by name alone.
    private static IEnumerable<string> LayersUsedBy(string code) =>
        QualifiedName().Matches(code).Select(match => match.Groups[1].Value)
            .Concat(TopLevelType().Matches(code).Select(match => match.Value))
            .Where(Layers.Contains);

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\bRuleCompiler\.(\w+)")]
    private static partial Regex QualifiedName();

    [GeneratedRegex(@"(?<![.\w""])(Compilation|CompilationOptions|DiagnosticCatalog)\b")]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceDeclaration();

    [GeneratedRegex(@"\b(Antlr4|RuleCompiler\.Grammar)\b")]
    private static partial Regex AntlrName();
}

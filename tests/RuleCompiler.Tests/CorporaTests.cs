using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;

namespace RuleCompiler.Tests;

/// <summary>Real dumps compile to a result or to problems, and those that the real tools load to a result.</summary>
internal sealed class CorporaTests
{
    /// <summary>One of them where the data is absent, so that the tests are seen to be skipped.</summary>
    private static IEnumerable<string> TopFolders =>
        Corpora.Files.Select(file => file.TopFolder).Distinct().DefaultIfEmpty("");

    [TestCaseSource(nameof(TopFolders))]
    public void Every_file_compiles_to_tables_or_problems(string folder)
    {
        SharedData.Require("corpora");
        Assert.Multiple(() =>
        {
            foreach (var file in FilesOf(folder))
            {
                var compilation = Compilation.Create(SyntaxTree.Parse(file.Read()));
                Assert.That(compilation.Families.Length + compilation.Diagnostics.Length, Is.Positive, file.Name);
                if (!compilation.HasErrors)
                {
                    Assert.That(compilation.Families.Select(compilation.GetTables), Has.None.Null, file.Name);
                }
            }
        });
    }

    [TestCaseSource(nameof(TopFolders))]
    public void What_the_real_tool_loads_has_no_error(string folder)
    {
        SharedData.Require("corpora");
        Assert.Multiple(() =>
        {
            foreach (var file in FilesOf(folder))
            {
                foreach (var flavour in file.LoadedBy)
                {
                    Assert.That(Errors(file, flavour), Is.Empty, $"{file.Name} as {flavour}");
                }
            }
        });
    }

    private static IEnumerable<CorpusFile> FilesOf(string folder) => Corpora.Files.Where(file => file.TopFolder == folder);

    private static IEnumerable<string> Errors(CorpusFile file, Flavour flavour) =>
        Compilation.Create(SyntaxTree.Parse(file.Read()), new CompilationOptions { Flavour = flavour }).Diagnostics
            .Where(problem => problem.Severity == DiagnosticSeverity.Error)
            .Select(problem => problem.ToString())
            .Take(3);
}

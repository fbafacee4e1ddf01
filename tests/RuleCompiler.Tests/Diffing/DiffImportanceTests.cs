using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

/// <summary>In which order regions are told.</summary>
internal sealed class DiffImportanceTests
{
    private const string Old = """
        *filter
        :INPUT ACCEPT [0:0]
        :FORWARD ACCEPT [0:0]
        :SCANS - [0:0]
        -A INPUT -s 11.0.0.0/8 -j DROP
        -A INPUT -s 12.0.0.0/9 -j SCANS
        -A INPUT -s 13.0.0.0/10 -j DROP
        -A INPUT -s 14.0.0.0/7 -j ACCEPT
        -A SCANS -j DROP
        COMMIT

        """;

    private const string New = """
        *filter
        :INPUT ACCEPT [0:0]
        :FORWARD ACCEPT [0:0]
        -A INPUT -s 14.0.0.0/7 -j DROP
        COMMIT

        """;

    [Test]
    public void What_is_let_in_comes_first_and_regions_of_one_kind_stand_together()
    {
        var regions = SemanticDiff.Compare(Compile(Old), Compile(New)).Regions;
        Assert.That(
            regions.Select(region => $"{region.Witness.Source.Address.Value >> 24} {region.Old.Chain}"),
            Is.EqualTo((string[])["11 INPUT", "13 INPUT", "12 SCANS", "14 INPUT"]));
    }

    private static Compilation Compile(string dump) =>
        Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)), new CompilationOptions { Family = Family.IPv4 });
}

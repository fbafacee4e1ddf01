using RuleCompiler.Binding;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Extensions;

/// <summary>One line of iptables' own tests of its extensions, for one family: a rule, and what it prints or that it is refused.</summary>
/// <param name="File">Its file, <c>libxt_mark.t</c>.</param>
/// <param name="Family">The family; a <c>libxt_</c> file is for both.</param>
/// <param name="Table">The table.</param>
/// <param name="Chains">The chains; the line holds in each of them.</param>
/// <param name="Rule">The rule without <c>-A CHAIN</c>.</param>
/// <param name="Printed">The rule as printed; null where it is refused.</param>
internal sealed record ExtensionVector(
    string File, Family Family, string Table, IReadOnlyList<string> Chains, string Rule, string? Printed)
{
    /// <summary>What a list of gaps calls it.</summary>
    public string Name => $"{File} {Rule}";

    /// <summary>All of them; none where the data is absent.</summary>
    public static IEnumerable<ExtensionVector> ReadAll() =>
        from path in SharedData.Files("corpora", "*.t")
        let file = Path.GetFileName(path)
        from vector in Read(file, System.IO.File.ReadLines(path).ToList())
        select vector;

    /// <returns>What is wrong, in words; null where the compiler agrees in every chain and flavour.</returns>
    public string? FindDifference() =>
        Chains.SelectMany(chain => new[] { Flavour.Nft, Flavour.Legacy }.Select(flavour => FindDifference(chain, flavour)))
            .FirstOrDefault(difference => difference is not null);

    private string? FindDifference(string chain, Flavour flavour)
    {
        var compilation = Compilation.Create(
            SyntaxTree.Parse(SourceText.From($"*{Table}\n-A {chain} {Rule}\nCOMMIT\n")),
            new CompilationOptions { Family = Family, Flavour = flavour });
        if (Printed is null)
        {
            // An option that nobody has is a warning, as the tool may be one with more extensions.
            return compilation.HasErrors || compilation.Diagnostics.Any(found => found.Id == BindingDiagnostics.UnknownOption.Id)
                ? null
                : $"{chain} {flavour}: no error";
        }
        var actual = compilation.Diagnostics.IsEmpty
            ? string.Join('\n', RecordedFormatTests.Print(compilation))
            : string.Join('\n', compilation.Diagnostics);
        return actual == $"-A {chain} {Printed}".TrimEnd() ? null : $"{chain} {flavour}: {actual}";
    }

    /// <summary>A file: <c>:CHAIN,..</c> and <c>*table</c> hold for what follows, <c>@</c> and <c>%</c> call other programs.</summary>
    private static IEnumerable<ExtensionVector> Read(string file, List<string> lines)
    {
        Family[] families = file.Split('_')[0] switch
        {
            "libxt" => [Family.IPv4, Family.IPv6],
            "libipt" => [Family.IPv4],
            "libip6t" => [Family.IPv6],
            _ => [], // arptables and ebtables
        };
        var (table, chains) = ("filter", Array.Empty<string>());
        foreach (var line in lines.Where(line => line.Trim().Length > 0 && line[0] is not ('#' or '@' or '%')))
        {
            if (line[0] == '*')
            {
                table = line[1..].Trim();
            }
            else if (line[0] == ':')
            {
                chains = line[1..].Trim().Split(',');
            }
            else if (line.Split(';') is [var rule, var printed, var verdict])
            {
                printed = printed == "=" ? rule : printed;
                foreach (var family in families)
                {
                    yield return new(file, family, table, chains, rule, verdict.Trim() == "OK" ? printed : null);
                }
            }
        }
    }
}

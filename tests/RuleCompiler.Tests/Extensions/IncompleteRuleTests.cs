using NUnit.Framework;
using RuleCompiler.Extensions;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Extensions;

/// <summary>
/// Rules that lack what their extension needs are printed, too: where one is looked for, to be deleted. Each extension
/// with none of its options, and with each one alone.
/// </summary>
internal sealed class IncompleteRuleTests
{
    private static readonly string[] Values = ["", "1", "x", "1:2", "10.0.0.1", "8bit", "0x1/0x3", "tcp", "SYN SYN", "lo", "none"];

    private static IEnumerable<string> Uses =>
        ExtensionCatalog.Matches.Select(match => (Text: $"-m {match.Name}", Extension: (Extension)match))
            .Concat(ExtensionCatalog.Targets.Select(target => (Text: $"-j {target.Name}", Extension: (Extension)target)))
            .SelectMany(use => use.Extension.Options.SelectMany(option => Values.Select(value => $"{use.Text} {option.Name} {value}")).Append(use.Text))
            .SelectMany(rule => (string[])[rule, $"-p tcp {rule}", $"-p icmp {rule}"]);

    [Test]
    public void Are_looked_for_and_printed([Values("ipv4", "ipv6")] string family)
    {
        var broken = new List<string>();
        foreach (var rules in Uses.Chunk(64))
        {
            try
            {
                Bind(rules, family);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                broken.Add($"{string.Join('\n', rules.Where(rule => IsBroken(rule, family)))}: {e}");
            }
        }
        Assert.That(broken, Is.Empty);
    }

    private static bool IsBroken(string rule, string family)
    {
        try
        {
            Bind([rule], family);
            return false;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return true;
        }
    }

    private static void Bind(string[] rules, string family)
    {
        var commands = rules.SelectMany(rule => (string[])[$"-A OUTPUT {rule}", $"-D OUTPUT {rule}"]);
        var dump = $"*mangle\n:OUTPUT ACCEPT [0:0]\n{string.Join('\n', commands)}\nCOMMIT\n";
        var options = new CompilationOptions { Family = family == "ipv4" ? Netfilter.Family.IPv4 : Netfilter.Family.IPv6 };
        _ = Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)), options).Diagnostics;
    }
}

using System.Text.Json;
using NUnit.Framework;
using RuleCompiler.Binding;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Extensions;

/// <summary>What iptables-save printed, and which rules the tools refused, recorded once, against what the extensions say.</summary>
internal sealed class RecordedFormatTests
{
    /// <summary>A rule with <c>-x</c>, which only listing takes.</summary>
    private const string CountersSwitch = "rule-322";

    [Test]
    public void Rules_print_as_iptables_save_prints_them()
    {
        var wrong = new List<string>();
        foreach (var (one, flavour) in Cases("format.json"))
        {
            var name = one.GetProperty("name").GetString() ?? "";
            var printed = one.TryGetProperty("canonical", out var both) ? both.GetString()
                : one.TryGetProperty(flavour == Flavour.Nft ? "canonical-nft" : "canonical-legacy", out var own) ? own.GetString()
                : null;
            if (printed is null || !name.StartsWith("rule-", StringComparison.Ordinal))
            {
                continue;
            }
            var expected = printed.Split('\n').Where(l => l.StartsWith("-A", StringComparison.Ordinal));
            var compilation = Compile(one, flavour);
            var actual = compilation.Diagnostics.IsEmpty ? Print(compilation) : compilation.Diagnostics.Select(d => d.ToString());
            if (!actual.SequenceEqual(expected))
            {
                wrong.Add($"{name} {flavour}\n  {string.Join("\n  ", expected)}\n  {string.Join("\n  ", actual)}");
            }
        }
        Assert.That(wrong, Is.Empty, () => string.Join('\n', wrong));
    }

    [Test]
    public void What_the_tools_refuse_is_an_error_and_the_rest_is_none()
    {
        var wrong = new List<string>();
        foreach (var (one, flavour) in Cases("refused.json"))
        {
            var name = one.GetProperty("name").GetString() ?? "";
            if (!name.StartsWith("rule-", StringComparison.Ordinal) || name == CountersSwitch)
            {
                continue;
            }
            var isRefused = one.GetProperty(flavour == Flavour.Nft ? "nft" : "legacy").GetProperty("refused").GetBoolean();
            var compilation = Compile(one, flavour);
            if ((compilation.HasErrors || IsKept(compilation)) != isRefused)
            {
                wrong.Add($"{name} {flavour} refused {isRefused}\n{one.GetProperty("input")}\n{string.Join('\n', compilation.Diagnostics)}");
            }
        }
        Assert.That(wrong, Is.Empty, () => string.Join('\n', wrong));
    }

    /// <summary>What the compiler does not know it keeps, with a warning, where the tools refuse.</summary>
    private static bool IsKept(Compilation compilation) => compilation.Diagnostics.Any(d => d.Id is "IPT2001" or "IPT2009" or "IPT2065");

    private static IEnumerable<(JsonElement Case, Flavour Flavour)> Cases(string file)
    {
        SharedData.Require("kernel-traces");
        foreach (var path in SharedData.Files("kernel-traces", file))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            foreach (var one in document.RootElement.EnumerateArray())
            {
                yield return (one.Clone(), Flavour.Nft);
                yield return (one.Clone(), Flavour.Legacy);
            }
        }
    }

    private static Compilation Compile(JsonElement one, Flavour flavour) => Compilation.Create(
        SyntaxTree.Parse(SourceText.From(one.GetProperty("input").GetString() ?? "")),
        new CompilationOptions
        {
            Family = one.GetProperty("family").GetString() == "ipv6" ? Family.IPv6 : Family.IPv4,
            Flavour = flavour,
        });

    internal static IEnumerable<string> Print(Compilation compilation) =>
        compilation.Families.SelectMany(f => compilation.GetRuleset(f)?.Chains ?? [])
            .SelectMany(chain => chain.Rules.Select(rule => $"-A {chain.Symbol.Name} {RuleText.Of(rule)}".TrimEnd()));
}

using NUnit.Framework;
using RuleCompiler.Binding;
using RuleCompiler.Diagnostics;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Markup;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Extensions;

/// <summary>What one rule does, how it prints, and what is wrong with it, through the whole compiler.</summary>
internal static class ExtensionAssert
{
    private const string UserChain = "U";

    /// <summary>A host with one interface of each kind that the tables of the extensions speak of.</summary>
    private static HostFacts Host { get; } = new()
    {
        Interfaces =
        [
            HostInterface.Loopback,
            new("eth0", [Prefix("10.0.0.1", 24), Prefix("fd00::1", 64)]),
            new("eth1", [Prefix("10.1.0.1", 24)]),
        ],
        Sets = [new("s", "hash:ip", ["10.0.0.9"])],
        Sockets =
        [
            new(IpProtocol.Tcp, Address("0.0.0.0"), 15006, true),
            new(IpProtocol.Tcp, Address("10.0.0.1"), 8080, false),
            new(IpProtocol.Tcp, Address("10.0.0.1"), 8081, true),
        ],
    };

    /// <summary>Whether a rule of these options matches a packet, in mangle OUTPUT or, where it has <c>in</c>, PREROUTING.</summary>
    public static bool Matches(string ruleText, string packet, Family family = Family.IPv4)
    {
        var outcomes = Outcomes(ruleText, packet, family);
        Assert.That(outcomes, Has.Count.EqualTo(1), "the packet does not decide it");
        return outcomes[0];
    }

    /// <summary>Whether the packet leaves open whether a rule of these options matches it.</summary>
    public static bool IsUnknown(string ruleText, string packet, Family family = Family.IPv4) =>
        Outcomes(ruleText, packet, family).Distinct().Count() == 2;

    /// <summary>A rule prints as iptables-save prints it.</summary>
    /// <param name="given">A rule without <c>-A CHAIN</c>.</param>
    /// <param name="canonical">The same, as printed.</param>
    /// <param name="family">The family.</param>
    /// <param name="flavour">The flavour.</param>
    /// <param name="table">The table; the rule stands in a user chain of it that nothing calls.</param>
    public static void Prints(
        string given, string canonical, Family family = Family.IPv4, Flavour flavour = Flavour.Nft, string table = "mangle")
    {
        var compilation = Compile(Dump(table, UserChain, given), family, flavour);
        Assert.That(compilation.Diagnostics, Is.Empty);
        var rules = compilation.GetRuleset(family)?.Chains.Single(c => c.Symbol.Name == UserChain).Rules ?? [];
        Assert.That(rules, Has.Length.EqualTo(1));
        Assert.That(RuleText.Of(rules[0]), Is.EqualTo(canonical));
    }

    /// <summary>A rule has this diagnostic at the marked span, and no other.</summary>
    /// <param name="markedRule">A rule without <c>-A CHAIN</c>, with one <c>[|span|]</c>.</param>
    /// <param name="id">The diagnostic.</param>
    /// <param name="family">The family.</param>
    /// <param name="flavour">The flavour.</param>
    /// <param name="table">The table.</param>
    /// <param name="chain">The chain; without one a user chain that nothing calls.</param>
    public static void Reports(
        string markedRule,
        string id,
        Family family = Family.IPv4,
        Flavour flavour = Flavour.Nft,
        string table = "mangle",
        string chain = UserChain)
    {
        var markup = MarkupText.Parse(Dump(table, chain, markedRule));
        var diagnostics = Compile(markup.Text, family, flavour).Diagnostics;
        Assert.That(diagnostics.Select(d => d.Message), Has.All.Not.Empty);
        var actual = diagnostics.Select(d => $"{d.Id} at '{TextAt(markup.Text, d.Location.Span)}'");
        Assert.That(actual, Is.EqualTo(markup.Spans.Select(s => $"{s.Id ?? id} at '{TextAt(markup.Text, s.Span)}'")));
    }

    private static List<bool> Outcomes(string ruleText, string packetText, Family family)
    {
        var (packet, problems) = PacketExpression.Parse(SourceText.From(packetText));
        Assert.That(problems, Is.Empty);
        if (packet is null)
        {
            throw new AssertionException("no packet");
        }
        var chain = packet.InInterface is null ? "OUTPUT" : "PREROUTING";
        var compilation = Compile(Dump("mangle", chain, ruleText), family, Flavour.Nft);
        Assert.That(compilation.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error), Is.Empty);
        return
        [
            .. new Evaluator(compilation, family, Host).Trace(packet)
                .Select(trace => trace.Steps.Any(step => step.Chain == chain && step.Rule == 1)),
        ];
    }

    private static Compilation Compile(string dump, Family family, Flavour flavour) =>
        Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)), new CompilationOptions { Family = family, Flavour = flavour });

    private static string Dump(string table, string chain, string rule)
    {
        var declaration = chain == UserChain ? $":{chain} - [0:0]" : $":{chain} ACCEPT [0:0]";
        return $"*{table}\n{declaration}\n-A {chain} {rule}\nCOMMIT\n";
    }

    private static string TextAt(string text, TextSpan span) =>
        System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text).AsSpan(span.Start, span.Length));

    private static IpAddress Address(string text) =>
        IpAddress.TryParse(text, out var address) ? address : throw new FormatException(text);

    private static AddressPrefix Prefix(string text, int length) => new(Address(text), length);
}

using System.Globalization;
using System.Text.RegularExpressions;
using NUnit.Framework;
using RuleCompiler.Linting;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Oracles;

/// <summary>Witnesses of findings against the running kernel: real dumps are loaded, and what lint shows of a packet has to happen.</summary>
internal sealed partial class LiveWitnessTests
{
    private const int DumpsInCi = 25;
    private const int ShownDisagreements = 5;
    private const int MostOfCheck = 4;

    private readonly Dictionary<string, int> _sent = [];
    private int _dumps;

    [Test]
    public void Witnesses_fare_as_lint_says()
    {
        KernelTrace.Require();
        var failures = LiveDumps.Take(DumpsInCi).SelectMany(Refuted).Take(ShownDisagreements).ToList();
        TestContext.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{_dumps} dumps loaded, witnesses: {string.Join(", ", _sent.OrderBy(pair => pair.Key).Select(pair => $"{pair.Key} {pair.Value}"))}"));
        Assert.Multiple(() =>
        {
            Assert.That(failures, Is.Empty, string.Join('\n', failures));
            Assert.That(_sent, Is.Not.Empty, "some dump loads and has such a finding");
        });
    }

    private IEnumerable<string> Refuted(RandomCase drawn)
    {
        var witnesses = WitnessesOf(drawn).Where(witness => LiveDumps.CanBeSent(drawn, witness))
            .GroupBy(witness => witness.Id).SelectMany(check => check.Take(MostOfCheck)).ToList();
        if (witnesses.Count == 0 || !LiveDumps.IsLoaded(drawn))
        {
            yield break;
        }
        _dumps++;
        foreach (var (witness, observed) in LiveDumps.Send(drawn, witnesses))
        {
            _sent[witness.Id] = _sent.GetValueOrDefault(witness.Id) + 1;
            // What shows once and not again was the kernel's doing: a connection that it had not yet forgotten.
            if (!IsAsSaid(drawn, witness, observed) && LiveDumps.Send(drawn, [witness]) is [var again] && !IsAsSaid(drawn, witness, again.Trace))
            {
                yield return $"{witness.Id}: {witness.Packet} fares otherwise\n{drawn}{again.Trace}\n";
            }
        }
    }

    /// <summary>Unknowns give a packet several outcomes, of which the kernel takes one.</summary>
    private static bool IsAsSaid(RandomCase drawn, WitnessPacket witness, ObservedTrace observed) =>
        OutcomesOf(drawn, witness).Any(observed.IsAs);

    private static IEnumerable<WitnessPacket> WitnessesOf(RandomCase drawn)
    {
        var compilation = Compilation.Create(
            SyntaxTree.Parse(SourceText.From(drawn.Dump, "dump")),
            new CompilationOptions { Family = drawn.IsV6 ? Family.IPv6 : Family.IPv4, Flavour = drawn.Flavour });
        var host = HostFactsJson.Read(SourceText.From(drawn.Host, "host")).Facts;
        return host is null || compilation.HasErrors
            ? []
            : Linter.Run(compilation, new LintOptions { Host = host }).Findings.Where(finding => finding.Witness is not null)
                .Select(finding => AsSent(drawn, new WitnessPacket(finding.Id, finding.Witness!))).OfType<WitnessPacket>().Distinct();
    }

    /// <summary>
    /// The packet as the oracle can send it: what comes by <c>lo</c> as this host's own, since of a frame put there by hand the
    /// kernel asks for a route, and what is to leave by some interface where routes lead there. Null for what cannot be sent.
    /// </summary>
    private static WitnessPacket? AsSent(RandomCase drawn, WitnessPacket witness)
    {
        if (NotMade().IsMatch(witness.Packet))
        {
            return null;
        }
        var sent = witness with { Packet = ByLoopback().Replace(witness.Packet, "") };
        if (OutClause().Match(sent.Packet) is not { Success: true } clause)
        {
            return sent;
        }
        var routed = sent with { Packet = sent.Packet.Remove(clause.Index, clause.Length) };
        return string.Join('\n', OutcomesOf(drawn, sent)) == string.Join('\n', OutcomesOf(drawn, routed)) ? routed : null;
    }

    private static IReadOnlyList<ObservedTrace> OutcomesOf(RandomCase drawn, WitnessPacket witness) =>
        LibraryTrace.Run(drawn with { Packets = [witness.Packet] }, out _) is [var outcomes] ? outcomes : [];

    /// <summary>
    /// What conntrack would give another state: segments with other flags than beginnings and answers have, a beginning that is
    /// INVALID, what is RELATED but no error, ICMP that begins nothing, neighbour discovery that is not UNTRACKED; and packets to no address, in whose place the kernel puts one.
    /// </summary>
    [GeneratedRegex("^(?!icmp).* state RELATED|-> (\\[::\\]|::|0\\.0\\.0\\.0)( |:|$)|flags [^ ]*(FIN|RST|PSH|URG|NONE)|^tcp (?!.*flags).* state INVALID|^icmp(v6)? (?!.* state )(?!.*type echo-request)|^icmpv6 (?!.*UNTRACKED).* type 13[3-7]")]
    private static partial Regex NotMade();

    [GeneratedRegex(" in lo(?= |$)")]
    private static partial Regex ByLoopback();

    [GeneratedRegex(" out [^ ]+")]
    private static partial Regex OutClause();
}

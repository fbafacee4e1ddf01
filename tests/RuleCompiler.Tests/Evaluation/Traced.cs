using System.Collections.Immutable;
using System.Globalization;
using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Evaluation;

/// <summary>Traces a packet through a dump, both as text, on a host with two networks.</summary>
internal static class Traced
{
    /// <summary>eth0 is 10.1.0.1/24, eth1 is 10.2.0.1/24 with the default route; mark 0x100 routes by eth0.</summary>
    public const string Host = """
        { "interfaces": [ {"name": "lo", "addresses": ["127.0.0.1/8", "::1/128"]},
                          {"name": "eth0", "addresses": ["10.1.0.1/24", "fd00:1::1/64"]},
                          {"name": "eth1", "addresses": ["10.2.0.1/24", "fd00:2::1/64"]} ],
          "routes": [ {"destination": "default", "via": "10.2.0.254", "interface": "eth1"},
                      {"destination": "default", "via": "10.1.0.254", "interface": "eth0", "table": 100} ],
          "rules": [ {"mark": "0x100", "table": 100} ],
          "sockets": [ {"protocol": "tcp", "address": "0.0.0.0", "port": 15006, "transparent": true} ] }
        """;

    /// <summary>One trace for each outcome of the unknowns.</summary>
    public static ImmutableArray<Trace> All(string dump, string packet, string host = Host, TraceOptions? options = null)
    {
        var given = Packet(packet);
        return new Evaluator(Compile(dump), given.Family, ReadHost(host)).Trace(given, options);
    }

    /// <summary>The trace of a packet that tells all that the rules ask for.</summary>
    public static Trace One(string dump, string packet, string host = Host) => All(dump, packet, host).Single();

    /// <summary>The chains and rules met, such as <c>OUTPUT#1 OUTPUT</c>, and the verdict.</summary>
    public static string Path(string dump, string packet, string host = Host) => Path(One(dump, packet, host));

    public static string Path(Trace trace) => string.Join(' ', trace.Steps.Select(step => step.Rule is { } rule
        ? string.Create(CultureInfo.InvariantCulture, $"{step.Chain}#{rule}")
        : step.Chain).Append(trace.Lost is null ? trace.Verdict.ToString() : "lost"));

    /// <summary>The rewrites, such as <c>dnat 10.1.0.9:80</c>.</summary>
    public static string Rewrites(string dump, string packet, string host = Host) =>
        string.Join("; ", One(dump, packet, host).Rewrites.Select(r => $"{r.Kind} {RewriteText.Describe(r)}"));

    public static Compilation Compile(string dump)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)));
        Assert.That(compilation.HasErrors, Is.False, () => string.Join('\n', compilation.Diagnostics));
        return compilation;
    }

    public static HostFacts ReadHost(string host) =>
        HostFactsJson.Read(SourceText.From(host)).Facts ?? throw new InvalidDataException(host);

    public static Packet Packet(string packet) =>
        PacketExpression.Parse(SourceText.From(packet)).Packet ?? throw new InvalidDataException(packet);
}

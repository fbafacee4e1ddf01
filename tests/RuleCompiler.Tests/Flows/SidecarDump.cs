using System.Globalization;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Flows;

/// <summary>Rules of a sidecar as text, to take apart: the article's nine, and what Istio writes today.</summary>
internal sealed record SidecarDump(string[] Inbound, string[] Output, string[] Names, string InboundPort = "15006")
{
    /// <summary>The article's rules.</summary>
    public static SidecarDump Article { get; } = new(
        ["-p tcp -m tcp --dport 15002 -j RETURN", "-p tcp -m tcp --dport 15090 -j RETURN", "-p tcp -j ISTIO_IN_REDIRECT"],
        [
            "-s 127.0.0.6/32 -o lo -j RETURN",
            "! -d 127.0.0.1/32 -o lo -m owner --uid-owner 1337 -j ISTIO_IN_REDIRECT",
            "-o lo -m owner ! --uid-owner 1337 -j RETURN",
            "-m owner --uid-owner 1337 -j RETURN",
            "! -d 127.0.0.1/32 -o lo -m owner --gid-owner 1337 -j ISTIO_IN_REDIRECT",
            "-o lo -m owner ! --gid-owner 1337 -j RETURN",
            "-m owner --gid-owner 1337 -j RETURN",
            "-d 127.0.0.1/32 -j RETURN",
            "-j ISTIO_REDIRECT",
        ],
        []);

    /// <summary>Today's default.</summary>
    public static SidecarDump Today { get; } = new(
        [
            "-p tcp -m tcp --dport 15008 -j RETURN", "-p tcp -m tcp --dport 15090 -j RETURN",
            "-p tcp -m tcp --dport 15021 -j RETURN", "-p tcp -m tcp --dport 15020 -j RETURN",
            "-p tcp -j ISTIO_IN_REDIRECT",
        ],
        [.. Article.Output.Select(rule => rule.Replace(
            "-o lo -m owner --", "-o lo -p tcp -m tcp ! --dport 15008 -m owner --", StringComparison.Ordinal))],
        []);

    /// <summary>Today's default with names captured.</summary>
    public static SidecarDump Dns { get; } = Today with
    {
        Output =
        [
            .. Today.Output[..7].Select(rule => rule.Replace(
                "-o lo -m owner !", "-o lo -p tcp -m tcp ! --dport 53 -m owner !", StringComparison.Ordinal)),
            "-j ISTIO_OUTPUT_DNS", .. Today.Output[7..],
        ],
        Names = ["-d 10.96.0.10/32 -p tcp -m tcp --dport 53", "-d 10.96.0.10/32 -p udp -m udp --dport 53"],
    };

    /// <summary>Without some rules of ISTIO_OUTPUT, by their numbers.</summary>
    public SidecarDump Without(params int[] numbers) =>
        this with { Output = [.. Output.Where((_, index) => !numbers.Contains(index + 1))] };

    /// <summary>With the last rule of ISTIO_OUTPUT at another place.</summary>
    public SidecarDump WithLastAt(int number) =>
        this with { Output = [.. Output[..(number - 1)], Output[^1], .. Output[(number - 1)..^1]] };

    public FlowAnalysis Analyze() => Analyze(ToString()).Single();

    public static IReadOnlyList<FlowAnalysis> Analyze(string dump, HostFacts? host = null)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)));
        var profile = ProfileCatalog.Find("istio") ?? throw new InvalidOperationException("no such profile");
        return FlowAnalysis.Run(compilation, profile, isForced: false, host ?? HostInference.Infer(compilation));
    }

    /// <summary>The statuses of all flows in order, as letters: o, d, b, a.</summary>
    public static string Statuses(FlowAnalysis analysis) =>
        string.Concat(analysis.Flows.Select(flow => flow.Status.ToString().ToLower(CultureInfo.InvariantCulture)[0]));

    public override string ToString() => string.Join('\n',
    [
        "*nat", ":PREROUTING ACCEPT [0:0]", ":INPUT ACCEPT [0:0]", ":OUTPUT ACCEPT [0:0]", ":POSTROUTING ACCEPT [0:0]",
        ":ISTIO_INBOUND - [0:0]", ":ISTIO_IN_REDIRECT - [0:0]", ":ISTIO_OUTPUT - [0:0]",
        .. Names.Length > 0 ? [":ISTIO_OUTPUT_DNS - [0:0]"] : Array.Empty<string>(),
        ":ISTIO_REDIRECT - [0:0]", "-A PREROUTING -p tcp -j ISTIO_INBOUND", "-A OUTPUT -j ISTIO_OUTPUT",
        .. Inbound.Select(rule => $"-A ISTIO_INBOUND {rule}"),
        $"-A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports {InboundPort}",
        .. Output.Select(rule => $"-A ISTIO_OUTPUT {rule}"),
        .. Names.Select(rule => $"-A ISTIO_OUTPUT_DNS {rule} -j REDIRECT --to-ports 15053"),
        "-A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001", "COMMIT", "",
    ]);
}

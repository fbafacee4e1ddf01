using System.Text.Json.Nodes;
using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Oracles.Linux;
using RuleCompiler.Tests.Oracles.Probes;

namespace RuleCompiler.Tests.Oracles;

/// <summary>What the running kernel does with packets under a rule set: the truth that evaluators are held against.</summary>
internal static class KernelTrace
{
    private static readonly string[] Tools =
    [
        "ip", "nft", "iptables-nft-restore", "ip6tables-nft-restore", "iptables-legacy-restore", "ip6tables-legacy-restore",
    ];

    /// <summary>Why the kernel cannot be asked here; null when it can.</summary>
    public static string? Obstacle { get; } = FindObstacle();

    /// <summary>Skips the running test when the kernel cannot be asked.</summary>
    public static void Require()
    {
        if (Obstacle is { } reason)
        {
            Assert.Ignore($"No kernel oracle here: {reason}");
        }
    }

    /// <summary>Makes a host and gives it to <paramref name="work"/>, on a thread that is inside it.</summary>
    public static T On<T>(string hostJson, bool isV6, Flavour flavour, Func<KernelMachine, T> work) => NetworkNamespace.RunOnOwnThread(() =>
    {
        using var machine = new KernelMachine(JsonNode.Parse(hostJson)!, isV6, flavour);
        return work(machine);
    });

    /// <summary>The traces of packets under one dump on one host.</summary>
    public static IReadOnlyList<ObservedTrace> Run(
        string dump, string hostJson, Flavour flavour, params IReadOnlyList<string> packets)
    {
        var probes = packets.Select(ProbeReader.Read).ToList();
        return On(hostJson, probes[0].IsV6, flavour, machine => machine.Trace(dump, probes));
    }

    /// <summary>Whether a recorded case tells what the kernel did in this flavour.</summary>
    public static bool IsRecordedOf(Flavour flavour, JsonNode recorded) =>
        (string?)recorded["flavour"] is not { } only || only == "both" || string.Equals(only, $"{flavour}", StringComparison.OrdinalIgnoreCase);

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux())
        {
            return "not Linux";
        }

        if (Libc.EffectiveUser() != 0)
        {
            return "not root";
        }

        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (Tools.FirstOrDefault(tool => !folders.Any(folder => File.Exists(Path.Combine(folder, tool)))) is { } absent)
        {
            return $"no {absent}";
        }

        try
        {
            return On("{}", isV6: false, Flavour.Nft, _ => default(string));
        }
        catch (IOException failure)
        {
            return failure.Message;
        }
    }
}

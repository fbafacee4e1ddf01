using System.Globalization;
using System.Text;
using RuleCompiler.Tests.Oracles.Probes;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>
/// The oracle's own nf_tables table: chains before raw that switch tracing on for the probes and give them what an
/// expression says of them, and chains behind all tables whose events show the headers as a hook leaves them.
/// </summary>
internal static class ControlTable
{
    public const string Name = "rulec";

    /// <summary>The chain with the rule that holds packets back.</summary>
    public const string HoldChain = "hold";

    /// <summary>Suffix of the chains behind all tables; the rest of the name is the hook's.</summary>
    public const string AfterSuffix = "_after";

    /// <summary>Suffix of the chains before all tables.</summary>
    public const string BeforeSuffix = "_before";

    /// <summary>
    /// A packet that TEE made, which bears the tag of the one it copied, is the only one untracked from its start
    /// (net/ipv4/netfilter/nf_dup_ipv4.c).
    /// </summary>
    private const string DropCopies = "ct state untracked meta nftrace set 0 drop";

    private static readonly string[] Hooks = ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"];

    /// <summary>The table as input of <c>nft -f</c>.</summary>
    /// <param name="isV6">The family of the table.</param>
    /// <param name="tracksConnections">Whether to ask for conntrack, as real machines nearly always do.</param>
    /// <param name="probes">The packets to trace.</param>
    /// <param name="firstTag">Tag of the first probe; those of the others follow.</param>
    /// <param name="isLogged">Whether to log what its chains see, in the form of the legacy trace.</param>
    public static string Text(
        bool isV6, bool tracksConnections, IReadOnlyList<ProbePacket> probes, int firstTag, bool isLogged)
    {
        var family = isV6 ? "ip6" : "ip";
        var tags = string.Create(CultureInfo.InvariantCulture, $"{Tag(isV6)} {firstTag}-{firstTag + probes.Count - 1}");
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"table {family} {Name} {{\n chain {HoldChain} {{ }}\n");
        foreach (var hook in Hooks)
        {
            var kernelName = hook.ToLowerInvariant();
            var log = isLogged ? $" {Log(hook + BeforeSuffix)}" : "";
            if (hook is "PREROUTING" or "OUTPUT")
            {
                text.Append(CultureInfo.InvariantCulture, $" chain {hook}{BeforeSuffix} {{ type filter hook {kernelName} priority -310;\n");
                text.Append(hook == "OUTPUT" && tracksConnections ? $"  {tags} {DropCopies}\n" : "");
                text.Append(CultureInfo.InvariantCulture, $"  {tags} meta nftrace set 1{log}\n");
                AppendGifts(text, isV6, probes, firstTag, hook);
                text.Append(" }\n");
            }

            text.Append(CultureInfo.InvariantCulture, $" chain {hook}{AfterSuffix} {{ type filter hook {kernelName} priority 310;\n")
                .Append(tracksConnections ? "  ct state new\n" : "")
                .Append(isLogged ? $"  {tags} {Log(hook + AfterSuffix)}\n }}\n" : " }\n");
        }

        return text.Append("}\n").ToString();
    }

    private static void AppendGifts(
        StringBuilder text, bool isV6, IReadOnlyList<ProbePacket> probes, int firstTag, string hook)
    {
        for (var index = 0; index < probes.Count; index++)
        {
            var probe = probes[index];
            if (hook == "OUTPUT" != probe.In is null)
            {
                continue;
            }

            var tagged = $"  {Tag(isV6)} {firstTag + index}";
            if (probe.State == "UNTRACKED")
            {
                text.Append(CultureInfo.InvariantCulture, $"{tagged} notrack\n");
            }

            if (probe is { In: not null, Mark: not 0 })
            {
                text.Append(CultureInfo.InvariantCulture, $"{tagged} meta mark set {probe.Mark}\n");
            }

            if (probe.IsWithoutSocket)
            {
                text.Append(CultureInfo.InvariantCulture, $"{tagged} jump {HoldChain}\n");
            }
        }
    }

    private static string Log(string chain) => $"log prefix \"TRACE: {Name}:{chain}:rule:1 \" group 0";

    private static string Tag(bool isV6) => isV6 ? "ip6 flowlabel" : "ip id";
}

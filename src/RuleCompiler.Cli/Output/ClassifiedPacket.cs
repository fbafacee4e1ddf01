using System.Collections.Immutable;
using RuleCompiler.Cli.Input;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Output;

/// <summary>A line of a packet list with what becomes of its packet, or with what is wrong with it.</summary>
/// <param name="record">The line.</param>
/// <param name="outcomes">The different outcomes with their flows; one unless something unknown decides.</param>
internal readonly ref struct ClassifiedPacket(
    PacketRecord record, ReadOnlySpan<(Classification Classification, int? Flow)> outcomes)
{
    public PacketRecord Record { get; } = record;

    public long Number => Record.Number;

    /// <summary>Null where the line is no packet.</summary>
    public Packet? Packet => Record.Packet;

    public ReadOnlySpan<(Classification Classification, int? Flow)> Outcomes { get; } = outcomes;

    /// <summary>ID and text of what is wrong, in place of outcomes.</summary>
    public (string Id, string Message)? Error { get; init; }

    /// <summary>Whether it hangs on something that the packet does not tell what becomes of it.</summary>
    public bool IsUnknown => Outcomes.Length > 1;

    /// <summary>The verdict; <c>unknown</c> where there are several outcomes.</summary>
    public string Verdict => IsUnknown ? "unknown" : Outcomes[0].Classification.Verdict.Name();

    /// <summary>The flow that all outcomes share; null for none and where they differ.</summary>
    public int? Flow
    {
        get
        {
            foreach (ref readonly var outcome in Outcomes)
            {
                if (outcome.Flow != Outcomes[0].Flow)
                {
                    return null;
                }
            }
            return Outcomes[0].Flow;
        }
    }

    /// <summary>Rewrites as one text: <c>redirect 127.0.0.1:15001; snat 10.0.0.1:1024</c>; null where nothing changed.</summary>
    public static string? Describe(ImmutableArray<Rewrite> rewrites) =>
        rewrites.IsEmpty ? null : string.Join("; ", rewrites.Select(r => $"{r.Kind} {RewriteText.Describe(r)}"));
}

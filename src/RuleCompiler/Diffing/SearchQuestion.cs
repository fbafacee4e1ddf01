using RuleCompiler.Evaluation;

namespace RuleCompiler.Diffing;

/// <summary>Which packets of a space are looked for; all conditions must hold.</summary>
internal sealed record SearchQuestion
{
    /// <summary>What becomes of them, <c>accept</c> only of those that routing does not lose; null: whatever.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>A rule that they match; null: any.</summary>
    public RuleReference? Hits { get; init; }

    /// <summary>Whether an address or port of theirs changes; null: whether or not.</summary>
    public bool? IsRewritten { get; init; }

    /// <summary>The kind of packets; null: any.</summary>
    public IPacketKind? Kind { get; init; }

    /// <summary>Whether packets that go one way, and are of the kind, are among them.</summary>
    public bool Wants(PacketCell cell) =>
        (Verdict is null || (cell.Verdict == Verdict && !OutcomeTeller.IsLost(cell.Way)))
        && (Hits is null || cell.IsHit)
        && (IsRewritten is null || cell.IsRewritten == IsRewritten);
}

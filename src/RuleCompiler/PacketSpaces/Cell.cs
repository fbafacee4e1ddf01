using RuleCompiler.Symbols;

namespace RuleCompiler.PacketSpaces;

/// <summary>Packets that have all gone the same way so far: a box of packets as they entered the hook, and where they are now.</summary>
internal sealed class Cell
{
    /// <summary>The packets, as they entered.</summary>
    public required ulong[] Box { get; init; }

    /// <summary>What has become of them; null for nothing yet.</summary>
    public PacketChanges? Changes { get; set; }

    /// <summary>What conntrack has made of them.</summary>
    public TrackingPhase Tracking { get; set; }

    /// <summary>The unknowns chosen.</summary>
    public Assumed? Assumed { get; set; }

    /// <summary>
    /// Unknowns that another way of the same packets has chosen: what this way asks too has the same value. Null for none.
    /// </summary>
    public Assumed? Given { get; set; }

    /// <summary>Unknowns that what is asked about settles. Null for none.</summary>
    public SettledUnknowns? Settled { get; set; }

    /// <summary>What was done beside.</summary>
    public Deed? Deeds { get; set; }

    /// <summary>The rules that have changed them; null for none, and where nobody asks.</summary>
    public Writing? Writings { get; set; }

    /// <summary>Index of the base chain that they are in.</summary>
    public int Stage { get; set; }

    /// <summary>The chain that they are in; null once a verdict is given.</summary>
    public SpaceChain? Chain { get; set; }

    /// <summary>Its rows that they may meet; null for all.</summary>
    public int[]? Rows { get; set; }

    /// <summary>Index of the next one; below 0 at a rule moved to the front of the chain, whose last box is at -1.</summary>
    public int Next { get; set; }

    /// <summary>Where the chain comes back to; null in a base chain.</summary>
    public Frame? Caller { get; set; }

    /// <summary>Whether it was given back at the beginning of the chain it is in.</summary>
    public bool IsEntered { get; set; }

    /// <summary>What becomes of them, once <see cref="Chain"/> is null.</summary>
    public CellVerdict Verdict { get; set; }

    /// <summary>Of REJECT and QUEUE: which.</summary>
    public string? VerdictDetail { get; set; }

    /// <summary>Chain of the last rule or policy that decided.</summary>
    public ChainSymbol? DecidingChain { get; set; }

    /// <summary>That rule's number; 0 for the policy.</summary>
    public int DecidingRule { get; set; }

    /// <summary>The rule or policy that decides, over all hooks: a rule that accepts goes before the policies behind it; of policies alone the first.</summary>
    public Taker? Taker { get; set; }

    /// <summary>Whether nothing but policies has accepted them.</summary>
    public bool IsPassedByPolicies => Verdict == CellVerdict.Accept && Taker is { RuleNumber: 0 };

    /// <summary>The one that a trace ends with: where nothing but policies has accepted them the last of these, else <see cref="Taker"/>.</summary>
    public Taker? LastTaker => IsPassedByPolicies && DecidingChain is { Hook: { } hook } chain ? new Taker(chain, 0, hook) : Taker;

    /// <summary>What was changed when the host looked for their way out last, between two tables of OUTPUT; null where it has not.</summary>
    public PacketChanges? RoutedChanges { get; set; }

    /// <summary>
    /// What mangle has made of the destination in OUTPUT, by which the host looked for their way out; it does so once more only where nat
    /// leads the connection elsewhere. Null where it left it as it was.
    /// </summary>
    public Change? MangledDestination { get; set; }

    /// <summary>Whether the host passes them on, which takes a hop.</summary>
    public bool IsPassedOn { get; set; }

    /// <summary>Whether routing loses them, which no rule has done.</summary>
    public bool IsLost { get; set; }

    /// <summary>Whether they met the rule that is looked for.</summary>
    public bool IsHit { get; set; }

    /// <summary>Those of the packets that have a code of a dimension as they entered, as a cell of their own; null for none.</summary>
    public Cell? Part(Dimension dimension, ulong code)
    {
        var common = Boxes.Meet(Box[dimension.Index], code, dimension.IsNarrow);
        if (common == Boxes.Nothing)
        {
            return null;
        }
        var part = Clone();
        part.Box[dimension.Index] = common;
        return part;
    }

    /// <summary>All the others.</summary>
    public IEnumerable<Cell> PartsWithout(Dimension dimension, ulong code)
    {
        var codes = new List<ulong>();
        dimension.AddDifference(Box[dimension.Index], code, codes);
        return codes.Select(rest => Part(dimension, rest)).OfType<Cell>();
    }

    /// <summary>Makes something else of a dimension; null for what it entered with.</summary>
    public void Set(Dimension dimension, Change? change)
    {
        if (change is not null || Changes?[dimension.Index] is not null)
        {
            Changes = (Changes ?? PacketChanges.None).With(dimension.Index, change);
        }
    }

    /// <summary>Chooses an unknown.</summary>
    public void Assume(int variable, int value, SpaceChain chain, in SpaceRow row, bool isWanted = true) =>
        Assumed = new Assumed(variable, value, isWanted, chain.Symbol, row.RuleNumber, Assumed);

    /// <summary>The same cell with a box of its own.</summary>
    public Cell With(ulong[] box) => new()
    {
        Box = box,
        Changes = Changes,
        Tracking = Tracking,
        Assumed = Assumed,
        Given = Given,
        Settled = Settled,
        Deeds = Deeds,
        Writings = Writings,
        Stage = Stage,
        Chain = Chain,
        Rows = Rows,
        Next = Next,
        Caller = Caller,
        IsEntered = IsEntered,
        Verdict = Verdict,
        VerdictDetail = VerdictDetail,
        DecidingChain = DecidingChain,
        DecidingRule = DecidingRule,
        Taker = Taker,
        RoutedChanges = RoutedChanges,
        MangledDestination = MangledDestination,
        IsPassedOn = IsPassedOn,
        IsLost = IsLost,
        IsHit = IsHit,
    };

    /// <summary>A copy: what happens to one of them does not happen to the other.</summary>
    public Cell Clone() => With([.. Box]);
}

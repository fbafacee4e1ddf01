namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>The target of a rule.</summary>
/// <param name="Action">What it does.</param>
/// <param name="Text">With <c>-j</c> or <c>-g</c>; empty for a rule that only counts.</param>
internal sealed record SmallTarget(SmallAction Action, string Text)
{
    /// <summary>What <c>iptables-save</c> prints for it.</summary>
    public string Canonical { get; init; } = Text;

    /// <summary>The chain that it calls.</summary>
    public string? Callee { get; init; }

    /// <summary>A mark or a zone; of what copies a mark, the bits taken.</summary>
    public uint Value { get; init; }

    /// <summary>Bits of the mark that are replaced.</summary>
    public uint Mask { get; init; }

    /// <summary>The new address; null for the machine's own.</summary>
    public uint? Address { get; init; }

    /// <summary>The new port, or the first of the new ones; null keeps it.</summary>
    public ushort? Port { get; init; }

    /// <summary>The last of the new ports.</summary>
    public ushort LastPort { get; init; }

    /// <summary>What must vary among packets for its doings to be seen.</summary>
    public SmallFields Fields => Action switch
    {
        SmallAction.SetMark or SmallAction.Proxy => SmallFields.Mark,
        SmallAction.SetConnectionMark => SmallFields.ConnectionMark | SmallFields.State,
        SmallAction.SaveMark or SmallAction.RestoreMark => SmallFields.Mark | SmallFields.ConnectionMark | SmallFields.State,
        SmallAction.Untrack or SmallAction.SetZone => SmallFields.State,
        SmallAction.TranslateDestination => SmallFields.Destination | (Port is null ? 0 : SmallFields.DestinationPort),
        SmallAction.TranslateSource => SmallFields.Source | (Port is null ? 0 : SmallFields.SourcePort),
        _ => SmallFields.None,
    };

    /// <summary>Whether no packet that meets it goes on to the next rule of the chain.</summary>
    public bool IsTerminal => Action is SmallAction.Accept or SmallAction.Drop or SmallAction.Reject or SmallAction.Queue
        or SmallAction.QueueOrAccept or SmallAction.Proxy
        or SmallAction.Return or SmallAction.Goto or SmallAction.TranslateDestination or SmallAction.TranslateSource;
}

namespace RuleCompiler.PacketSpaces;

/// <summary>Something done beside verdict and changes of fields; a list, the latest first.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Text">What exactly: equal texts, equal deeds.</param>
/// <param name="Before">The deeds before it.</param>
internal sealed record Deed(DeedKind Kind, string Text, Deed? Before)
{
    /// <summary>Of <see cref="DeedKind.Proxy"/>: the port of the socket looked for; 0 for the packet's own.</summary>
    public ushort Port { get; init; }

    /// <summary>Whether any deed of a list is of a kind.</summary>
    public static bool Has(Deed? latest, DeedKind kind)
    {
        for (; latest is not null; latest = latest.Before)
        {
            if (latest.Kind == kind)
            {
                return true;
            }
        }
        return false;
    }
}

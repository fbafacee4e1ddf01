namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>The TCP flags of the small domain, by their bits.</summary>
internal static class SmallFlags
{
    public const byte Syn = 2;

    private static readonly (string Name, byte Bit)[] Names = [("FIN", 1), ("SYN", Syn), ("RST", 4), ("ACK", 16)];

    public static string Text(byte flags) =>
        flags == 0 ? "NONE" : string.Join(',', Names.Where(flag => (flags & flag.Bit) != 0).Select(flag => flag.Name));

    public static byte Parse(string text) => text == "NONE" ? (byte)0
        : (byte)text.Split(',').Sum(name => Names.Single(flag => flag.Name == name).Bit);
}

using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>An address with an optional mask whose host bits are kept in print, though they do not count.</summary>
/// <remarks>
/// Source: extensions/libxt_conntrack.c, <c>conntrack_dump_addr</c>: a full mask does not print; libxtables/xtoptions.c,
/// <c>xtopt_parse_hostmask</c>. A mask with holes counts as a full one (the kernel's trace shows it).
/// </remarks>
internal sealed class HostAddressOption(string name) : OptionSpec<HostAddressOption.Value>(name)
{
    /// <summary>Whether the length of a full mask prints too.</summary>
    public bool PrintsFullMask { get; init; }

    protected override bool TryRead(OptionReader reader, out Value value)
    {
        var isRead = AddressOption.TryRead(reader, 0, isResolved: true, out var address, out var mask);
        value = new Value(address, mask);
        if (!value.IsPrefix)
        {
            value = new Value(address, UInt128.MaxValue >> (128 - IpAddress.WidthOf(reader.Family)));
        }
        return isRead;
    }

    protected override void WriteValue(Value value, RuleTextWriter writer) =>
        writer.Word(PrintsFullMask ? value.ToLongString() : value.ToString());

    /// <summary>The address as given, and which of its bits count.</summary>
    internal readonly record struct Value(IpAddress Address, UInt128 Mask) : IFieldValue
    {
        private int Width => IpAddress.WidthOf(Address.Family);

        public FieldSet ToFieldSet() => FieldSet.Masked(Address.Value & Mask, Mask, Width);

        /// <summary>Whether the mask has no holes.</summary>
        public bool IsPrefix
        {
            get
            {
                var all = UInt128.MaxValue >> (128 - Width);
                return Mask == (Length == 0 ? 0 : (all << (Width - Length)) & all);
            }
        }

        private int Length => (int)UInt128.PopCount(Mask);

        /// <summary>The address with the length of its mask, whatever that is.</summary>
        public string ToLongString() => $"{Address}/{Length}";

        public override string ToString() => Length < Width ? ToLongString() : Address.ToString();
    }
}

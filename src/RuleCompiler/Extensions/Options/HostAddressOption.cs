using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>An address with an optional mask whose host bits are kept in print, though they do not count.</summary>
/// <remarks>
/// Source: extensions/libxt_conntrack.c, <c>conntrack_dump_addr</c>: a full mask does not print, nor does one with
/// holes; libxtables/xtoptions.c, <c>xtopt_parse_hostmask</c>.
/// </remarks>
internal sealed class HostAddressOption(string name) : OptionSpec<HostAddressOption.Value>(name)
{
    protected override bool TryRead(OptionReader reader, out Value value)
    {
        var isRead = AddressOption.TryRead(reader, 0, out var address, out var mask);
        value = new Value(address, mask);
        return isRead;
    }

    protected override void WriteValue(Value value, RuleTextWriter writer) => writer.Word(value.ToString());

    /// <summary>The address as given, and which of its bits count.</summary>
    internal readonly record struct Value(IpAddress Address, UInt128 Mask) : IFieldValue
    {
        private int Width => IpAddress.WidthOf(Address.Family);

        public FieldSet ToFieldSet() => FieldSet.Masked(Address.Value & Mask, Mask, Width);

        public override string ToString()
        {
            var length = (int)UInt128.PopCount(Mask);
            var all = UInt128.MaxValue >> (128 - Width);
            var isPrefix = Mask == (length == 0 ? 0 : (all << (Width - length)) & all);
            return isPrefix && length < Width ? $"{Address}/{length}" : Address.ToString();
        }
    }
}

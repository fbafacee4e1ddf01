using System.Collections.Immutable;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Options;

/// <summary>Two lists of TCP flags: which to look at, and which of them must be set.</summary>
/// <remarks>Source: extensions/libxt_tcp.c, <c>parse_tcp_flags</c>: <c>ALL</c> is the six oldest flags, <c>NONE</c> none.</remarks>
internal sealed class TcpFlagsOption(string name) : OptionSpec<TcpFlagTest>(name)
{
    private const TcpFlags All =
        TcpFlags.Fin | TcpFlags.Syn | TcpFlags.Rst | TcpFlags.Psh | TcpFlags.Ack | TcpFlags.Urg;

    private static readonly ImmutableArray<(string Word, TcpFlags Flags)> Words =
    [
        ("FIN", TcpFlags.Fin), ("SYN", TcpFlags.Syn), ("RST", TcpFlags.Rst), ("PSH", TcpFlags.Psh), ("ACK", TcpFlags.Ack),
        ("URG", TcpFlags.Urg), ("ALL", All), ("NONE", TcpFlags.None),
    ];

    public override int ValueCount => 2;

    /// <summary>A test that every packet passes vanishes.</summary>
    public override void Write(object value, bool isNegated, RuleTextWriter writer)
    {
        if (isNegated || !((TcpFlagTest)value).IsAny)
        {
            base.Write(value, isNegated, writer);
        }
    }

    protected override bool TryRead(OptionReader reader, out TcpFlagTest value)
    {
        value = default;
        if (!TryReadFlags(reader, 0, out var mask) || !TryReadFlags(reader, 1, out var set))
        {
            return false;
        }
        value = new TcpFlagTest(mask, set);
        return true;
    }

    protected override void WriteValue(TcpFlagTest value, RuleTextWriter writer)
    {
        writer.Word(Format(value.Mask));
        writer.Word(Format(value.Set));
    }

    private static bool TryReadFlags(OptionReader reader, int index, out TcpFlags flags)
    {
        flags = TcpFlags.None;
        foreach (var word in reader.Text(index).Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Find(word) is not { } found)
            {
                return reader.FailAt(
                    index, OptionDiagnostics.UnknownKeyword, word, string.Join(", ", Words.Select(w => w.Word)));
            }
            flags |= found;
        }
        return true;
    }

    private static TcpFlags? Find(string word)
    {
        foreach (var (known, flags) in Words)
        {
            if (known.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return flags;
            }
        }
        return null;
    }

    private static string Format(TcpFlags flags) => flags == TcpFlags.None
        ? "NONE"
        : string.Join(',', Words.Where(w => w.Flags is not (All or TcpFlags.None) && flags.HasFlag(w.Flags)).Select(w => w.Word));
}

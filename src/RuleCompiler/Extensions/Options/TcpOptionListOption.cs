using System.Collections.Immutable;
using System.Text;

namespace RuleCompiler.Extensions.Options;

/// <summary>TCP option kinds, by number from 2 to 255 or by name, with commas between; none twice.</summary>
/// <remarks>Source: extensions/libxt_TCPOPTSTRIP.c; kinds 0 and 1 are only padding. They print as numbers, in order.</remarks>
internal sealed class TcpOptionListOption(string name) : OptionSpec<ImmutableSortedSet<byte>>(name)
{
    private const byte MinKind = 2;

    protected override bool TryRead(OptionReader reader, out ImmutableSortedSet<byte> value)
    {
        value = [];
        foreach (var word in reader.Text().Split(','))
        {
            if (Find(word) is not { } kind || value.Contains(kind))
            {
                return reader.Fail(
                    OptionDiagnostics.BadValue,
                    reader.Text(),
                    "a list of different option kinds: 2 to 255, mss, wscale, sack-permitted, sack, timestamp, md5");
            }
            value = value.Add(kind);
        }
        return true;
    }

    protected override void WriteValue(ImmutableSortedSet<byte> value, RuleTextWriter writer) => writer.Word(string.Join(',', value));

    private static byte? Find(string word) => word switch
    {
        "mss" => 2,
        "wscale" => 3,
        "sack-permitted" => 4,
        "sack" => 5,
        "timestamp" => 8,
        "md5" => 19,
        _ => XtablesNumber.TryParse(Encoding.UTF8.GetBytes(word), byte.MaxValue, out var kind) && kind >= MinKind ? (byte)kind : null,
    };
}

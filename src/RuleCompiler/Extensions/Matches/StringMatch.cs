using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m string</c>: the packet holds a string of bytes; no packet expression tells its payload.</summary>
/// <remarks>Source: net/netfilter/xt_string.c; extensions/libxt_string.c; iptables-extensions(8), string.</remarks>
internal sealed class StringMatch : MatchExtension
{
    private static readonly BytePatternOption Text = new("--string", isHexadecimal: false) { IsNegatable = true };
    private static readonly BytePatternOption Hex = new("--hex-string", isHexadecimal: true) { IsNegatable = true };
    private static readonly KeywordOption Algorithm = new("--algo", [("bm", 0), ("kmp", 1)]) { IsCaseSensitive = true };
    private static readonly NumberOption From = new("--from", 0, ushort.MaxValue);
    private static readonly NumberOption To = new("--to", 0, ushort.MaxValue);
    private static readonly FlagOption IgnoresCase = new("--icase");

    public override string Name => "string";

    public override ImmutableArray<OptionSpec> Options { get; } = [Text, Hex, Algorithm, From, To, IgnoresCase];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Algorithm];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Text, Hex]];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (!use.Has(Text) && !use.Has(Hex))
        {
            checker.Report(use, ExtensionDiagnostics.NeedsOneOf, Name, "--string, --hex-string");
        }
        if (use.Find(To) is { } to && use.GetOr(From, 0ul) > (ulong)to.Value)
        {
            checker.Report(use, to, ExtensionDiagnostics.OutOfProportion, To.Name, "at least the value of '--from'");
        }
    }

    /// <summary>A negated test is the opposite of the same unknown.</summary>
    public override Condition Lower(BoundMatch match)
    {
        var writer = new RuleTextWriter();
        writer.Word(Name);
        Write(match, writer, isNegated: false);
        var unknown = Condition.Unknown(Name, writer.ToString(), isStateful: false);
        return IsNegated(match) ? Condition.Not(unknown) : unknown;
    }

    public override void WriteOptions(BoundExtension use, RuleTextWriter writer) => Write(use, writer, IsNegated(use));

    private static bool IsNegated(BoundExtension use) => use.IsNegated(Text) || use.IsNegated(Hex);

    /// <summary>The bytes print as text where they can; offsets print where they limit something.</summary>
    private static void Write(BoundExtension use, RuleTextWriter writer, bool isNegated)
    {
        if ((use.Find(Text) ?? use.Find(Hex)) is { Value: BytePattern pattern })
        {
            (pattern.IsPrintable ? Text : Hex).Write(pattern, isNegated, writer);
        }
        Algorithm.Write(use.GetOr(Algorithm, 0ul), isNegated: false, writer);
        if (use.GetOr(From, 0ul) is var from and > 0)
        {
            From.Write(from, isNegated: false, writer);
        }
        if (use.GetOr(To, (ulong)ushort.MaxValue) is var to and < ushort.MaxValue)
        {
            To.Write(to, isNegated: false, writer);
        }
        if (use.Has(IgnoresCase))
        {
            writer.Option(IgnoresCase.Name);
        }
    }
}

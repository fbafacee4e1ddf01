namespace RuleCompiler.Extensions.Options;

/// <summary>A differentiated services code point by the name of its class; it prints as the number.</summary>
/// <param name="name">The option's name.</param>
/// <param name="byNumber">The option that takes the number.</param>
/// <remarks>Source: extensions/dscp_helper.c, which looks no further than a class's name is long; RFC 2474 (CS), RFC 2597 (AF), RFC 3246 (EF).</remarks>
internal sealed class DscpClassOption(string name, DscpOption byNumber) : OptionSpec<DscpOption.CodePoint>(name)
{
    public override void Write(object value, bool isNegated, RuleTextWriter writer) => byNumber.Write(value, isNegated, writer);

    protected override bool TryRead(OptionReader reader, out DscpOption.CodePoint value)
    {
        var text = reader.Text();
        var number = Find(text.ToUpperInvariant());
        value = new DscpOption.CodePoint((byte)(number ?? 0));
        return number is not null
            || reader.Fail(OptionDiagnostics.UnknownKeyword, text, "CS0 to CS7, BE, EF, AF11 to AF13, AF21 to AF23, AF31 to AF33, AF41 to AF43");
    }

    protected override void WriteValue(DscpOption.CodePoint value, RuleTextWriter writer) => byNumber.WriteValue(value, writer);

    private static int? Find(string name) => name switch
    {
        ['B', 'E', ..] => 0,
        ['E', 'F', ..] => 46,
        ['C', 'S', >= '0' and <= '7' and var selector, ..] => (selector - '0') << 3,
        ['A', 'F', >= '1' and <= '4' and var group, >= '1' and <= '3' and var drop, ..] => ((group - '0') << 3) | ((drop - '0') << 1),
        _ => null,
    };
}

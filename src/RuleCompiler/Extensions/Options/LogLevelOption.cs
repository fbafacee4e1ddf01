using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A syslog level, by number from 0 to 7 or by name; 4, the default, is not printed.</summary>
/// <remarks>Source: libxtables/xtoptions.c, <c>xtopt_parse_sysloglvl</c>; names are case-sensitive there.</remarks>
internal sealed class LogLevelOption(string name) : OptionSpec<ulong>(name)
{
    private const ulong Default = 4;
    private const ulong Max = 7;

    protected override bool TryRead(OptionReader reader, out ulong value)
    {
        if (XtablesNumber.TryParse(reader.Bytes(), Max, out value))
        {
            return true;
        }
        var level = Find(reader.Text());
        value = level ?? Default;
        return level is not null
            || reader.Fail(
                OptionDiagnostics.BadValue,
                reader.Text(),
                string.Create(CultureInfo.InvariantCulture, $"a log level: 0 to {Max}, or emerg, alert, crit, error, warning, notice, info, debug"));
    }

    public override void Write(object value, bool isNegated, RuleTextWriter writer)
    {
        if ((ulong)value != Default)
        {
            base.Write(value, isNegated, writer);
        }
    }

    protected override void WriteValue(ulong value, RuleTextWriter writer) => writer.Number(value);

    private static ulong? Find(string name) => name switch
    {
        "emerg" or "panic" => 0,
        "alert" => 1,
        "crit" => 2,
        "error" => 3,
        "warning" => 4,
        "notice" => 5,
        "info" => 6,
        "debug" => 7,
        _ => null,
    };
}

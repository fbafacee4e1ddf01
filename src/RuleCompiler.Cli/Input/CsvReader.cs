using System.Text;

namespace RuleCompiler.Cli.Input;

/// <summary>Reads records of comma-separated values; quoted fields may hold commas, quotes and line ends (RFC 4180).</summary>
internal sealed class CsvReader(LineReader lines)
{
    private readonly StringBuilder _field = new();

    /// <summary>1-based line on which the record read last begins.</summary>
    public long LineNumber { get; private set; }

    /// <summary>Reads the next record that is no blank line; false behind the last.</summary>
    /// <param name="fields">Filled with its fields.</param>
    /// <param name="problem">What is wrong with the record; null if nothing.</param>
    public bool Read(List<string> fields, out string? problem)
    {
        fields.Clear();
        problem = null;
        string? line;
        bool isTooLong;
        do
        {
            line = lines.ReadLine(out isTooLong);
        }
        while (line is { } && string.IsNullOrWhiteSpace(line));
        LineNumber = lines.LineNumber;
        if (line is null)
        {
            return false;
        }
        problem = isTooLong ? PacketLists.TooLong : Split(line, fields);
        return true;
    }

    private string? Split(string line, List<string> fields)
    {
        var place = 0;
        while (true)
        {
            _field.Clear();
            if (place < line.Length && line[place] == '"')
            {
                place++;
                if (ReadQuoted(ref line, ref place) is { } problem)
                {
                    return problem;
                }
            }
            else
            {
                var end = line.IndexOf(',', place);
                end = end < 0 ? line.Length : end;
                _field.Append(line.AsSpan(place, end - place).Trim());
                place = end;
            }
            fields.Add(_field.ToString());
            if (place == line.Length)
            {
                return null;
            }
            place++;
        }
    }

    /// <summary>Reads on behind an opening quote to the comma or the end of the record.</summary>
    private string? ReadQuoted(ref string line, ref int place)
    {
        while (true)
        {
            var quote = line.IndexOf('"', place);
            if (quote < 0)
            {
                _field.Append(line, place, line.Length - place).Append('\n');
                if (_field.Length > LineReader.MaxBytes)
                {
                    return PacketLists.TooLong;
                }
                if (lines.ReadLine(out var isTooLong) is not { } next || isTooLong)
                {
                    return "A quoted field is never closed";
                }
                (line, place) = (next, 0);
                continue;
            }
            _field.Append(line, place, quote - place);
            place = quote + 1;
            if (place < line.Length && line[place] == '"')
            {
                _field.Append('"');
                place++;
            }
            else if (place < line.Length && line[place] != ',')
            {
                return "Text stands behind a closing quote";
            }
            else
            {
                return null;
            }
        }
    }
}

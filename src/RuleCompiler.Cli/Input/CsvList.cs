using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input;

/// <summary>Comma-separated values behind a header that names the fields.</summary>
internal sealed class CsvList : IPacketList
{
    private readonly LineReader _lines;
    private readonly CsvReader _reader;
    private readonly ImmutableArray<string?> _columns;
    private readonly List<string> _values = [];
    private readonly PacketFields _fields = new();

    /// <param name="lines">Stands before the header.</param>
    /// <param name="onUnknownField">Is told of columns that are none of a packet's.</param>
    /// <exception cref="CommandFailedException">The header is broken.</exception>
    public CsvList(LineReader lines, Action<string> onUnknownField)
    {
        _lines = lines;
        _reader = new CsvReader(lines);
        _reader.Read(_values, out var problem);
        var columns = _values.Select(PacketFields.Find).ToImmutableArray();
        if (columns.Where(c => c is not null).GroupBy(c => c).FirstOrDefault(c => c.Count() > 1) is { } twice)
        {
            problem ??= $"the column '{twice.Key}' is there twice";
        }
        if (problem is not null)
        {
            throw new CommandFailedException($"The packet list's header cannot be read: {problem}");
        }
        foreach (var unknown in _values.Where(name => PacketFields.Find(name) is null))
        {
            onUnknownField(unknown);
        }
        _columns = columns;
    }

    /// <summary>Whether a line is a header: its fields are known names, at least those without which there is no packet.</summary>
    public static bool IsHeader(ReadOnlySpan<char> line)
    {
        var names = line.ToString().Split(',').Select(name => PacketFields.Find(name.Trim().Trim('"'))).ToList();
        return names.Contains("packet") || (names.Contains("source") && names.Contains("destination"));
    }

    public bool Read(out PacketRecord record)
    {
        if (!_reader.Read(_values, out var problem))
        {
            record = default;
            return false;
        }
        Packet? packet = null;
        if (problem is null && _values.Count != _columns.Length)
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"{_values.Count} field{(_values.Count == 1 ? "" : "s")}, but the header has {_columns.Length}");
        }
        if (problem is null)
        {
            _fields.Clear();
            for (var i = 0; i < _columns.Length; i++)
            {
                if (_columns[i] is { } column)
                {
                    _fields.TryAdd(column, _values[i]);
                }
            }
            (packet, problem) = _fields.ToPacket();
        }
        record = new PacketRecord(_reader.LineNumber, packet, problem);
        return true;
    }

    public void Report()
    {
        // the header told all
    }

    public void Dispose() => _lines.Dispose();
}

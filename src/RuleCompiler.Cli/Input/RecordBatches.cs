using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace RuleCompiler.Cli.Input;

/// <summary>An input that is read by one thread, cut into parts of so many packets.</summary>
/// <param name="list">The input.</param>
/// <param name="done">Says which part of it was read.</param>
internal sealed class RecordBatches(IPacketList list, Func<double?> done) : IPacketBatches
{
    private const int BatchSize = 1024;

    /// <summary>What is wrong behind the records read last.</summary>
    private ExceptionDispatchInfo? _damage;

    public double? Done => done();

    public bool TryNext([NotNullWhen(true)] out IPacketList? batch)
    {
        _damage?.Throw();
        var records = new List<PacketRecord>();
        try
        {
            while (records.Count < BatchSize && list.Read(out var record))
            {
                records.Add(record);
            }
        }
        catch (InvalidDataException e) when (records.Count > 0)
        {
            _damage = ExceptionDispatchInfo.Capture(e); // for the next call: first what could be read
        }
        batch = records.Count > 0 ? new Batch(records) : null;
        return batch is not null;
    }

    public void Dispose() => list.Dispose();

    private sealed class Batch(List<PacketRecord> records) : IPacketList
    {
        private int _next;

        public bool Read(out PacketRecord record)
        {
            record = _next < records.Count ? records[_next] : default;
            return _next++ < records.Count;
        }

        public void Report()
        {
        }

        public void Dispose()
        {
        }
    }
}

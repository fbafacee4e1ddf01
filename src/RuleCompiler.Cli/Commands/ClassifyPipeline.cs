using System.Runtime.ExceptionServices;
using RuleCompiler.Cli.Input;
using RuleCompiler.Cli.Output;

namespace RuleCompiler.Cli.Commands;

/// <summary>Classifies the parts of an input on all processors, and writes the results in the order of the input.</summary>
/// <remarks>
/// Each thread takes the next part, reads, classifies and formats it, and waits for its turn to write: so there are no more
/// parts in memory than threads, however long the input is.
/// </remarks>
internal sealed class ClassifyPipeline(
    IPacketBatches batches, Func<PacketClassifier> createClassifier, IClassifyWriter writer, Session session)
{
    private readonly Lock _reading = new();
    private readonly object _writing = new();
    private readonly Progress _progress = new(session);
    private long _nextRead;
    private long _nextWritten;
    private ExceptionDispatchInfo? _failure;

    /// <summary>What is wrong with the input where it ends too soon; all before it is written first.</summary>
    private ExceptionDispatchInfo? _damage;

    /// <summary>Packets so far, bad lines included.</summary>
    public long Count { get; private set; }

    /// <summary>How many of them could not be classified.</summary>
    public long ErrorCount { get; private set; }

    /// <exception cref="InvalidDataException">The input is damaged.</exception>
    /// <exception cref="OperationCanceledException">The user pressed Ctrl-C.</exception>
    public void Run()
    {
        var helpers = Enumerable.Range(1, Environment.ProcessorCount - 1).Select(_ => new Thread(Work)).ToList();
        helpers.ForEach(helper => helper.Start());
        Work();
        helpers.ForEach(helper => helper.Join());
        _progress.Clear();
        _failure?.Throw();
        _damage?.Throw();
    }

    private void Work()
    {
        try
        {
            using var part = writer.CreatePart();
            var classifier = createClassifier();
            while (Take(out var place) is { } batch)
            {
                using (batch)
                {
                    var (count, errorCount) = Classify(batch, classifier, part);
                    WaitFor(place, () =>
                    {
                        batch.Report();
                        part.Complete();
                        Count += count;
                        ErrorCount += errorCount;
                        _progress.Show(Count, batches.Done);
                    });
                }
            }
        }
        catch (Exception e)
        {
            lock (_writing)
            {
                _failure ??= ExceptionDispatchInfo.Capture(e);
                Monitor.PulseAll(_writing);
            }
        }
    }

    /// <summary>The next part of the input; null behind the last, and after a failure.</summary>
    private IPacketList? Take(out long place)
    {
        lock (_reading)
        {
            session.Cancellation.ThrowIfCancellationRequested();
            place = _nextRead;
            if (Volatile.Read(ref _failure) is not null || _damage is not null)
            {
                return null;
            }
            try
            {
                _nextRead += batches.TryNext(out var batch) ? 1 : 0;
                return batch;
            }
            catch (InvalidDataException e)
            {
                _damage = ExceptionDispatchInfo.Capture(e);
                return null;
            }
        }
    }

    private static (long Count, long ErrorCount) Classify(IPacketList batch, PacketClassifier classifier, IClassifyPart part)
    {
        var (count, errorCount) = (0L, 0L);
        while (batch.Read(out var record))
        {
            count++;
            if (part.TryRepeat(record))
            {
                continue;
            }
            var result = classifier.Classify(record);
            errorCount += result.Error is null ? 0 : 1;
            part.Write(result);
        }
        return (count, errorCount);
    }

    /// <summary>Does something once all parts before have been done; not at all after a failure.</summary>
    private void WaitFor(long place, Action write)
    {
        lock (_writing)
        {
            while (_nextWritten != place && _failure is null)
            {
                Monitor.Wait(_writing);
            }
            if (_failure is null)
            {
                write();
                _nextWritten++;
                Monitor.PulseAll(_writing);
            }
        }
    }
}

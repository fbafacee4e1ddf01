using System.Diagnostics.CodeAnalysis;

namespace RuleCompiler.Cli.Input;

/// <summary>An input cut into parts that several threads may read at once.</summary>
internal interface IPacketBatches : IDisposable
{
    /// <summary>Which part of the input was taken, 0 to 1; null where its length is not known.</summary>
    double? Done { get; }

    /// <summary>The next part, to be read by any thread; asked for by one thread at a time.</summary>
    bool TryNext([NotNullWhen(true)] out IPacketList? batch);
}

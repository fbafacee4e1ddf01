using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;

namespace RuleCompiler.Evaluation;

/// <summary>Listens to a packet's way. Changes and rewrites belong to the row matched last.</summary>
internal interface ITraceSink
{
    /// <summary>Whether <see cref="PassBy"/> wants to be called.</summary>
    bool WantsPassedRows { get; }

    /// <summary>Whether <see cref="Match"/> wants to hear of rows that neither decide nor change anything: calls, logs.</summary>
    bool WantsCalls { get; }

    /// <summary>Whether <see cref="Change"/> wants to be called.</summary>
    bool WantsChanges { get; }

    /// <summary>Begins again, for another packet or outcome.</summary>
    void Start();

    /// <summary>The packet comes to a hook.</summary>
    /// <param name="hook">The hook.</param>
    /// <param name="pass">1, or 2 in the second half of a packet that loops over <c>lo</c>.</param>
    void Enter(Hook hook, int pass);

    /// <summary>A row matched.</summary>
    /// <param name="chain">The chain that holds it.</param>
    /// <param name="row">The row.</param>
    /// <param name="kind">Its action's kind, which for an unknown target is the one chosen.</param>
    /// <param name="target">The target or chain as the dump names it.</param>
    void Match(ChainSymbol chain, in Row row, ActionKind kind, string? target);

    /// <summary>A row did not match.</summary>
    /// <param name="chain">The chain that holds it.</param>
    /// <param name="row">The row.</param>
    /// <param name="target">The target or chain as the dump names it.</param>
    /// <param name="failedReference">The predicate that failed, and its sign.</param>
    void PassBy(ChainSymbol chain, in Row row, string? target, int failedReference);

    /// <summary>A base chain ended in its policy.</summary>
    void EndInPolicy(ChainSymbol baseChain);

    /// <summary>The row changed what later rows see.</summary>
    /// <param name="kind">Such as <c>mark</c>.</param>
    /// <param name="value">The value after it.</param>
    void Change(string kind, string value);

    /// <summary>Source or destination truly changed, or a proxy's socket was looked for.</summary>
    void Rewrite(Rewrite rewrite);
}

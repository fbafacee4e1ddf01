using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Commands;

/// <summary>The evaluators of a dump's families, each made when the first packet of its family comes; for several threads.</summary>
internal sealed class FamilyEvaluators(Compilation compilation, HostFacts host, Session session)
{
    private readonly Dictionary<Family, Evaluator> _evaluators = [];
    private readonly Lock _lock = new();

    /// <summary>The evaluator of a family, for one thread at a time.</summary>
    public Evaluator For(Family family)
    {
        lock (_lock)
        {
            if (!_evaluators.TryGetValue(family, out var evaluator))
            {
                evaluator = compilation.Families.Contains(family)
                    ? new Evaluator(compilation, family, host)
                    : new Evaluator(NoRules(family), host);
                _evaluators.Add(family, evaluator);
            }
            return evaluator;
        }
    }

    /// <summary>An evaluator of a family for the calling thread alone.</summary>
    public Evaluator Share(Family family) => For(family).Share();

    /// <summary>A host whose dump has no section of a family has no rules for it: worth a word, for it may be a mistake.</summary>
    private CompiledRuleset NoRules(Family family)
    {
        session.Say($"{compilation.Tree.Text.Path}: no {family.Name()} rules: {family.Name()} packets meet none");
        return CompiledRuleset.CreateEmpty(family);
    }
}

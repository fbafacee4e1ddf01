using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Commands;

/// <summary>The evaluators of a dump's families, each made when the first packet of its family comes.</summary>
internal sealed class FamilyEvaluators(Compilation compilation, HostFacts host, Session session)
{
    private readonly Dictionary<Family, Evaluator> _evaluators = [];

    public Evaluator For(Family family)
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

    /// <summary>A host whose dump has no section of a family has no rules for it: worth a word, for it may be a mistake.</summary>
    private CompiledRuleset NoRules(Family family)
    {
        session.Say($"{compilation.Tree.Text.Path}: no {family.Name()} rules: {family.Name()} packets meet none");
        return CompiledRuleset.CreateEmpty(family);
    }
}

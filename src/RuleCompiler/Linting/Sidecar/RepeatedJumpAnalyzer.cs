using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diagnostics;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>A base chain's second jump to a mesh's chain, which changes nothing: the set-up ran twice.</summary>
internal sealed class RepeatedJumpAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor RepeatedJump { get; } = new("IPT4016", DiagnosticSeverity.Info)
    {
        Title = "Jump to the mesh twice",
        Message = "Rule {0} has sent these packets to '{1}' before, so this jump changes nothing",
        Explanation = """
            What comes here has been through the chain already and came back as it was, so it will again. Jumps twice come
            from a set-up that ran twice. The second one can be taken out.
            """,
        Example = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            [|-A OUTPUT -p tcp -j ISTIO_OUTPUT|]
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
        Corrected = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(RepeatedJump, "jump-twice")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        foreach (var table in context.Tables.Tables.Where(table => table.Chain.Hook is not null))
        {
            for (var later = 1; later < table.Rows.Length; later++)
            {
                var row = table.Rows[later];
                if (row.Kind != ActionKind.Jump || !mesh.IsOfMesh(context.Tables.Tables[row.Target].Chain)
                    || FindEarlier(context.Tables, table, later) is not { } earlier)
                {
                    continue;
                }
                var rule = new RuleSymbol(table.Chain, row.RuleNumber);
                yield return context.FindingAt(
                    RepeatedJump, rule, ((uint)earlier).Text(), context.Tables.Tables[row.Target].Chain.Name) with
                {
                    Because = [context.CauseAt(new RuleSymbol(table.Chain, earlier), "has sent them there before")],
                    Fix = new Fix("remove this rule", [new TextChange(WholeLine(context, rule), "")], KeepsBehaviour: true),
                };
            }
        }
    }

    /// <summary>
    /// The number of a jump to the same chain before, for at least the same packets, where neither the chain nor a rule
    /// between the two changes anything of a packet that comes back, nor asks for what changes by itself.
    /// </summary>
    private static int? FindEarlier(CompiledRuleset rules, DecisionTable table, int later)
    {
        var row = table.Rows[later];
        for (var index = later - 1; index >= 0; index--)
        {
            var earlier = table.Rows[index];
            if (earlier.Kind == ActionKind.Jump && earlier.Target == row.Target && rules.TestsOf(earlier).IsSubsetOf(rules.TestsOf(row))
                && IsPure(rules, row.Target, []) && !HasStateful(rules, row))
            {
                return earlier.RuleNumber;
            }
            if (!IsPure(rules, earlier, []))
            {
                return null;
            }
        }
        return null;
    }

    private static bool IsPure(CompiledRuleset rules, int chain, HashSet<int> seen) =>
        !seen.Add(chain) || rules.Tables[chain].Rows.All(row => IsPure(rules, row, seen) && !HasStateful(rules, row));

    /// <summary>Whether a packet that goes on behind a row is as it was before it, and nothing was reported of it.</summary>
    private static bool IsPure(CompiledRuleset rules, Row row, HashSet<int> seen) => row.Kind switch
    {
        ActionKind.Jump or ActionKind.Goto => IsPure(rules, row.Target, seen),
        ActionKind.Continue => rules.Actions[row.Target].Effect is null,
        ActionKind.Notrack or ActionKind.Unknown => false,
        _ => true,
    };

    private static bool HasStateful(CompiledRuleset rules, Row row)
    {
        foreach (var reference in rules.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
        {
            if (rules.Predicates[reference >> 1].Condition is not Condition.FieldCondition)
            {
                return true; // an unknown that may hang on history, or a group of tests that may hold one
            }
        }
        return false;
    }

    private static TextSpan WholeLine(LintContext context, RuleSymbol rule)
    {
        var text = context.Compilation.Tree.Text;
        var line = text.GetLineIndex(context.RuleAt(rule).Span.Start);
        return TextSpan.FromBounds(text.GetLineStart(line), line + 1 < text.LineCount ? text.GetLineStart(line + 1) : text.Length);
    }
}

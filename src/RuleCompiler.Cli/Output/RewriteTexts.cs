using System.Collections.Immutable;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Cli.Output;

/// <summary>Texts of rewrites, of which a list of packets mostly has few: a sidecar sends all to two ports. For one thread.</summary>
internal sealed class RewriteTexts
{
    private const int MaxKept = 8;
    private readonly (ImmutableArray<Rewrite> Rewrites, string? Text)[] _kept = new (ImmutableArray<Rewrite>, string?)[MaxKept];
    private int _next;

    /// <summary>As <see cref="ClassifiedPacket.Describe"/> has them.</summary>
    public string? Of(ImmutableArray<Rewrite> rewrites)
    {
        if (rewrites.IsEmpty)
        {
            return null;
        }
        foreach (ref readonly var kept in _kept.AsSpan())
        {
            if (kept.Text is not null && rewrites.AsSpan().SequenceEqual(kept.Rewrites.AsSpan()))
            {
                return kept.Text;
            }
        }
        var text = ClassifiedPacket.Describe(rewrites);
        _kept[_next++ % MaxKept] = (rewrites, text);
        return text;
    }
}

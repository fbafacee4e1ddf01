using System.Collections.Immutable;

namespace RuleCompiler.Extensions;

/// <summary>A target as a rule uses it.</summary>
internal sealed class BoundTarget(
    TargetExtension extension, RuleContext context, int nameToken, ImmutableArray<BoundOption> options)
    : BoundExtension(context, nameToken, options)
{
    public TargetExtension Extension { get; } = extension;

    public override string OptionText
    {
        get
        {
            var writer = new RuleTextWriter();
            Extension.WriteOptions(this, writer);
            return writer.ToString();
        }
    }
}

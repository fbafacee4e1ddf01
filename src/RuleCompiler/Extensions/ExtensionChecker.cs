using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Extensions;

/// <summary>Takes what an extension's own checks find.</summary>
internal sealed class ExtensionChecker(DiagnosticBag diagnostics)
{
    /// <summary>Reports at an option's token.</summary>
    public void Report(BoundExtension use, BoundOption option, DiagnosticDescriptor descriptor, params ImmutableArray<string> arguments) =>
        diagnostics.Report(descriptor.At(LocationOf(use, option.Token), arguments));

    /// <summary>Reports at the extension's name.</summary>
    public void Report(BoundExtension use, DiagnosticDescriptor descriptor, params ImmutableArray<string> arguments) =>
        diagnostics.Report(descriptor.At(LocationOf(use, use.NameToken), arguments));

    private static Location LocationOf(BoundExtension use, int token) =>
        new(use.Context.Tree.Text, use.Context.Tree.Tokens.GetSpan(token));
}

using System.Collections.Immutable;
using RuleCompiler.Binding;
using RuleCompiler.Diagnostics;
using RuleCompiler.Diffing;
using RuleCompiler.Extensions;
using RuleCompiler.Linting;
using RuleCompiler.Packets;
using RuleCompiler.Scenarios;
using RuleCompiler.Syntax;

namespace RuleCompiler;

/// <summary>Every diagnostic that any stage can report.</summary>
public static class DiagnosticCatalog
{
    /// <summary>All descriptors, by ID.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
    [
        .. SyntaxDiagnostics.All
            .Concat(InputDiagnostics.All)
            .Concat(BindingDiagnostics.All)
            .Concat(OptionDiagnostics.All)
            .Concat(ExtensionDiagnostics.All)
            .Concat(TargetDiagnostics.All)
            .Concat(RuleDiagnostics.All)
            .Concat(TableDiagnostics.All)
            .Concat(PacketDiagnostics.All)
            .Concat(PacketListDiagnostics.All)
            .Concat(HostDiagnostics.All)
            .Concat(SpaceDiagnostics.All)
            .Concat(Linter.Checks.Select(check => check.Descriptor))
            .Concat(ScenarioDiagnostics.All)
            .OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal),
    ];

    /// <summary>The descriptor of an ID, in any case; null where there is none.</summary>
    public static DiagnosticDescriptor? Find(string id) =>
        All.FirstOrDefault(descriptor => descriptor.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}

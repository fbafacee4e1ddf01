using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>A host that the rules could run on, where the user gives none.</summary>
internal static class HostInference
{
    /// <summary>A default host for a dump: the interfaces that its rules name, pod-like addresses, default routes.</summary>
    public static HostFacts Infer(Compilation compilation) => throw new NotSupportedException(compilation.ToString());
}

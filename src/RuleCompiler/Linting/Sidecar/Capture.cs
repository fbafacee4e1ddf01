using RuleCompiler.Evaluation;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>That a packet is led to a listener of the proxy.</summary>
/// <param name="Port">The listener's port.</param>
/// <param name="Step">The step that leads it there: the redirect itself.</param>
/// <param name="Redirect">The rule of that step.</param>
/// <param name="Decider">The rule that chose so: the redirect, or the jump to a chain that only redirects.</param>
internal sealed record Capture(ushort Port, TraceStep Step, RuleSymbol Redirect, RuleSymbol Decider);

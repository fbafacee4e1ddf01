using System.Collections.Immutable;
using RuleCompiler.Text;

namespace RuleCompiler.Evaluation;

/// <summary>The first option of a rule that a packet failed.</summary>
/// <param name="Option">The option as written: <c>! -d 127.0.0.1/32</c>.</param>
/// <param name="Location">Where it stands.</param>
/// <param name="Because">The packet's value, in words: <c>leaves by eth0</c>.</param>
/// <param name="Others">The other options of the rule that it fails too: it would match only if these held as well.</param>
public sealed record FailedTest(string Option, Location Location, string Because, ImmutableArray<FailedTest> Others);

using RuleCompiler.Text;

namespace RuleCompiler.Evaluation;

/// <summary>The first option of a rule that a packet failed.</summary>
/// <param name="Option">The option as written: <c>! -d 127.0.0.1/32</c>.</param>
/// <param name="Location">Where it stands.</param>
/// <param name="Because">The packet's value, in words: <c>leaves by eth0</c>.</param>
public sealed record FailedTest(string Option, Location Location, string Because);

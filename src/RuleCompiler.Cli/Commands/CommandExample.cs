namespace RuleCompiler.Cli.Commands;

/// <summary>A command line to copy, and what it does.</summary>
internal readonly record struct CommandExample(string CommandLine, string Purpose);

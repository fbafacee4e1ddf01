using System.Collections.Immutable;

namespace RuleCompiler.Packets;

/// <summary>An ipset with its members, as <c>ipset save</c> prints them.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Such as <c>hash:ip,port</c>.</param>
/// <param name="Members">Member texts; <c>nomatch</c> may follow one.</param>
/// <param name="Options">What else <c>create</c> was given, such as <c>range 0-65535</c>.</param>
/// <param name="Family"><c>inet</c> (also where null) or <c>inet6</c>.</param>
public sealed record HostSet(string Name, string Type, ImmutableArray<string> Members, string? Options = null, string? Family = null);

using RuleCompiler.Netfilter;

namespace RuleCompiler.Binding;

/// <summary>What a section's header says of where it comes from; null where it does not.</summary>
internal readonly record struct SectionOrigin(Family? Family, Flavour? Flavour);

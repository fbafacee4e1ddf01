using System.Collections.Immutable;
using System.Reflection;
using System.Text.RegularExpressions;
using NUnit.Framework;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Tests.Architecture;

/// <summary>What holds for every diagnostic, wherever it is declared.</summary>
internal sealed partial class DiagnosticDescriptorTests
{
    /// <summary>The first digit of the IDs that a namespace declares.</summary>
    private static readonly (string Namespace, string Digits)[] Ranges =
    [
        ("RuleCompiler.Syntax", "1"),
        ("RuleCompiler.Extensions", "2"),
        ("RuleCompiler.Binding", "2"),
        ("RuleCompiler.Linting.Ordering", "3"),
        ("RuleCompiler.Linting.Sidecar", "4"),
        ("RuleCompiler.Linting", "3"),
        ("RuleCompiler.Packets", "5"),
        ("RuleCompiler.Diffing", "5"),
        ("RuleCompiler.Scenarios", "5"),
        ("RuleCompiler.Cli", "59"),
    ];

    private static IEnumerable<Type> Types =>
        typeof(DiagnosticDescriptor).Assembly.GetTypes().Concat(Assembly.Load("rulec").GetTypes())
            .Where(type => !type.ContainsGenericParameters);

    private static IEnumerable<(Type Owner, DiagnosticDescriptor Descriptor)> Declared =>
        Types.SelectMany(type => Values<DiagnosticDescriptor>(type).Select(descriptor => (type, descriptor)));

    [Test]
    public void Ids_are_unique() =>
        Assert.That(Declared.Select(declared => declared.Descriptor.Id), Is.Unique);

    [Test]
    public void Catalogue_holds_all_of_the_library() =>
        Assert.That(
            Declared.Where(declared => declared.Owner.Assembly == typeof(DiagnosticCatalog).Assembly)
                .Select(declared => declared.Descriptor.Id)
                .Except(DiagnosticCatalog.All.Select(descriptor => descriptor.Id)),
            Is.Empty);

    [Test]
    public void Ids_are_in_the_range_of_their_stage()
    {
        var strays =
            from declared in Declared
            let range = Ranges.FirstOrDefault(range => IsWithin(declared.Owner, range.Namespace))
            let id = declared.Descriptor.Id
            where range.Digits is null || !Id().IsMatch(id) || !range.Digits.Contains(id[3])
            select $"{id} in {declared.Owner}";

        Assert.That(strays, Is.Empty);
    }

    [Test]
    public void Lists_hold_all_of_their_class_by_id()
    {
        Assert.Multiple(() =>
        {
            foreach (var type in Types.Where(type => Values<DiagnosticDescriptor>(type).Any()))
            {
                foreach (var list in Values<ImmutableArray<DiagnosticDescriptor>>(type))
                {
                    var ids = list.Select(descriptor => descriptor.Id).ToArray();
                    var own = Values<DiagnosticDescriptor>(type).Select(descriptor => descriptor.Id);
                    Assert.That(own.Except(ids), Is.Empty, type.FullName);
                    Assert.That(ids, Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal), type.FullName);
                }
            }
        });
    }

    [Test]
    public void Texts_are_written_as_the_others()
    {
        var odd =
            from declared in Declared
            let descriptor = declared.Descriptor
            where descriptor.Message.EndsWith('.') || descriptor.Title.EndsWith('.')
                || descriptor.Explanation[^1] is not ('.' or '?')
                || PoliteOrVague().IsMatch(descriptor.Message)
            select $"{descriptor.Id}: {descriptor.Title} / {descriptor.Message}";

        Assert.That(odd, Is.Empty);
    }

    private static bool IsWithin(Type type, string root) =>
        type.Namespace == root || (type.Namespace ?? "").StartsWith($"{root}.", StringComparison.Ordinal);

    private static IEnumerable<T> Values<T>(Type type)
    {
        const BindingFlags Own =
            BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var inProperties = type.GetProperties(Own)
            .Where(property => property.PropertyType == typeof(T))
            .Select(property => property.GetValue(null));
        var inFields = type.GetFields(Own)
            .Where(field => field.FieldType == typeof(T) && !field.Name.StartsWith('<')) // '<' holds a property's value
            .Select(field => field.GetValue(null));
        return inProperties.Concat(inFields).OfType<T>();
    }

    [GeneratedRegex("^IPT[0-9]{4}$")]
    private static partial Regex Id();

    [GeneratedRegex("please|invalid", RegexOptions.IgnoreCase)]
    private static partial Regex PoliteOrVague();
}

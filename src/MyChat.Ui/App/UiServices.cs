using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MyChat.Ui.Chat;
using MyChat.Ui.Common;

namespace MyChat.Ui.App;

public static class UiServices
{
    /// <summary>What the screens need; the host adds its <see cref="IPlatform"/> as a singleton.</summary>
    public static IServiceCollection AddMyChatUi(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ChatApp>();
        services.TryAddScoped<PageScript>();
        services.TryAddScoped<Popouts>();
        return services;
    }
}
